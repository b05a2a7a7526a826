"""May she keep the register of cooperatives? Pure answers from her scope and the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ntm_portal.accounts.scope import Scope


def may_register(scope: Scope, path: str) -> bool:
    """Tell whether she may enter and change cooperatives and their returns at this place."""
    return scope.may_write(path) or scope.may_administer(path)


def may_register_anywhere(scope: Scope) -> bool:
    """Tell whether there is a place where she may."""
    return bool(scope.write or scope.administer)


def may_verify(scope: Scope, path: str) -> bool:
    """Tell whether she may verify or give back a yearly return from this place."""
    return scope.may_verify(path) or scope.may_administer(path)
