"""May she keep the OCOP register? Pure answers from her scope and the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communes.paths import path_above, province_path_of

if TYPE_CHECKING:
    from ntm_portal.accounts.scope import Scope


def may_register(scope: Scope, path: str) -> bool:
    """Tell whether she may enter producers, products and evaluations at this place."""
    return scope.may_write(path) or scope.may_administer(path)


def may_register_anywhere(scope: Scope) -> bool:
    """Tell whether there is a place where she may."""
    return bool(scope.write or scope.administer)


def may_certify(scope: Scope, path: str, level: str) -> bool:
    """Tell whether she may record what a council of `level` awarded or took away in a commune.

    Awards of the district are recorded by who answers for the whole of what the commune lies in,
    those of province and centre by who answers for the whole province.
    """
    seat = path_above(path) if level == "district" else province_path_of(path)
    return scope.may_write(seat) or scope.may_administer(path)
