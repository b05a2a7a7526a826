"""What a place holds: products by stars and group, growth by year, what ends soon."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from communes.models import AdministrativeUnit
from ntm_portal.accounts.requests import SignedInRequest
from ocop.days import asked_day
from ocop.presentation.areas import load_area


@require_GET
def area_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the OCOP figures of a place within reach, as of a day."""
    day = asked_day(request.GET, timezone.localdate())
    units = AdministrativeUnit.objects.within(request.user.scope.read)
    unit = get_object_or_404(units.on(day), code=code)
    return render(request, "ocop/area_detail.html", {"area": load_area(unit, day), "day": day})
