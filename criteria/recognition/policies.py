"""May she record decisions of recognition? Pure answers from her scope and the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communes.paths import province_path_of

if TYPE_CHECKING:
    from communes.models import AdministrativeUnit
    from ntm_portal.accounts.scope import Scope


def may_record(scope: Scope, unit: AdministrativeUnit) -> bool:
    """Tell whether she may record and revoke: an officer of the whole province, or the office.

    Who types for one district or commune does not: the decisions are the province's and above.
    """
    return scope.may_administer(unit.path) or scope.may_write(province_path_of(unit.path))


def may_record_anywhere(scope: Scope) -> bool:
    """Tell whether she may record for some unit; which one, `may_record` says."""
    return scope.administers or any(province_path_of(path) == path for path in scope.write)
