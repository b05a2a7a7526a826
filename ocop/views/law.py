"""The schemes of OCOP, as far as the portal knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop.presentation.law import scheme_lines

if TYPE_CHECKING:
    from django.http import HttpResponse

    from ntm_portal.accounts.requests import SignedInRequest


@require_GET
def scheme_list(request: SignedInRequest) -> HttpResponse:
    """Show every scheme with its sheets, and of each unsound one why it judges nothing."""
    return render(request, "ocop/scheme_list.html", {"lines": scheme_lines()})
