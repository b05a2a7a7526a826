"""May she record decisions of recognition? Pure answers from her scope and the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communes.models import AdministrativeUnit
    from ntm_portal.accounts.scope import Scope

_PROVINCE_DEPTH = 2  # /VN/62/


def may_record(scope: Scope, unit: AdministrativeUnit) -> bool:
    """Tell whether she may record and revoke: an officer of the whole province, or the office.

    Who types for one district or commune does not: the decisions are the province's and above.
    """
    return scope.may_administer(unit.path) or scope.may_write(_province_path(unit))


def may_record_anywhere(scope: Scope) -> bool:
    """Tell whether she may record for some unit; which one, `may_record` says."""
    return scope.administers or any(_holds_a_province(path) for path in scope.write)


def _holds_a_province(path: str) -> bool:
    """Tell whether a path is that of the nation or of a unit right below it."""
    return len(path.strip("/").split("/")) <= _PROVINCE_DEPTH


def _province_path(unit: AdministrativeUnit) -> str:
    province = f"/{unit.province_code}/"
    return unit.path.partition(province)[0] + province
