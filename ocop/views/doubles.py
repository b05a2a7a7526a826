"""One list of what looks double in both registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop import policies
from ocop.presentation.doubles import MOST_GROUPS, doubles_within

if TYPE_CHECKING:
    from django.http import HttpResponse

    from ntm_portal.accounts.requests import SignedInRequest


@require_GET
def double_list(request: SignedInRequest) -> HttpResponse:
    """Offer what looks double where she keeps the registers, to be joined."""
    scope = request.user.scope
    if not policies.may_register_anywhere(scope):
        raise PermissionDenied
    registers = doubles_within(scope.write | scope.administer)
    context = {
        "registers": registers,
        "total": sum(len(register.alike) for register in registers),
        "most": MOST_GROUPS,
    }
    return render(request, "ocop/double_list.html", context)
