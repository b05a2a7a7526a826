"""The bulletin of a place: subscribed to and ended on one page, which lists all of hers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communes.models import AdministrativeUnit
from programme import reach
from programme.bulletins.subscribing import subscribe, unsubscribe
from programme.dashboard import places
from programme.models import Subscription

if TYPE_CHECKING:
    from ntm_portal.accounts.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@reach.explained
def bulletin(request: SignedInRequest, code: str) -> HttpResponse:
    """Show whether she gets it; post begins or ends it."""
    if request.POST.get("end"):  # also of a place that she may no longer read
        unsubscribe(code, by=request.user)
        messages.success(request, _("You get no more bulletins of this unit."))
        return redirect(request.get_full_path())
    rounds = reach.rounds(request).of_round
    found = reach.ground(request, code, rounds)
    if request.method == "POST":
        subscribe(code, by=request.user)
        messages.success(request, _("You get the bulletin of this unit by e-mail."))
        return redirect(request.get_full_path())
    hers = list(Subscription.objects.filter(person=request.user, ended_at=None))
    units = AdministrativeUnit.objects.filter(code__in=[row.unit_code for row in hers])
    context = {
        "unit": found.unit,
        "rounds": rounds,
        "crumbs": places.crumbs(found, request.user.scope),
        "is_demonstration": rounds.is_demonstration,
        "is_subscribed": any(row.unit_code == code for row in hers),
        "subscribed": sorted({item.code: item for item in units}.values(), key=lambda x: x.code),
    }
    return render(request, "programme/bulletin.html", context)
