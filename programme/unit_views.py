"""The page of one unit over all times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from programme import reach
from programme.dashboard.unit import page
from programme.unit_filters import DayForm

if TYPE_CHECKING:
    from ntm_portal.accounts.requests import SignedInRequest

BAD = 400


@require_GET
@reach.explained
def unit_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Show what a unit was called, what it lay in, came from, became and reached."""
    form = DayForm(request.GET)
    day = form.cleaned_data["on"] if form.is_valid() else None
    found = page.load(code, day, request.user.scope)
    if found is None:
        raise reach.UnknownAddressError("unit", code)
    context = {"page": found, "form": form, "is_demonstration": found.is_demonstration}
    return render(
        request, "programme/unit_detail.html", context, status=BAD if form.errors else 200
    )
