"""The pages of a place: its figures in a round, its communes, and how fresh the figures are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from communes.models import AdministrativeUnit
from criteria.models import ReportingRound
from programme.commune_filters import CommuneFilter
from programme.dashboard import communes, freshness, listing, places, rounds, tallies

if TYPE_CHECKING:
    from ntm_portal.accounts.requests import SignedInRequest
    from programme.dashboard.rounds import Rounds

PAGE_SIZE = 50


@require_GET
def place_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Show a place of any level in a round, on the map of the round's day."""
    chosen = _rounds(request)
    unit = _unit(request, code, chosen)
    order = request.GET.get("sort", "")
    place = places.read(unit, chosen, request.user.scope, order)
    return render(request, "programme/place_detail.html", {"place": place})


@require_GET
def commune_list(request: SignedInRequest, code: str) -> HttpResponse:
    """List the communes of a place by how they stand."""
    chosen = _rounds(request)
    unit = _unit(request, code, chosen)
    criteria = [cell.criterion for cell in tallies.strip(unit.code, chosen.chosen)]
    found = CommuneFilter(request.GET, communes.outcomes(unit, chosen), criteria=criteria)
    page = Paginator(listing.for_listing(found.qs), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "unit": unit,
        "rounds": chosen,
        "crumbs": places.crumbs(unit, chosen, request.user.scope),
        "filter": found,
        "page": page,
        "rows": listing.listed(page, unit, chosen.day),
    }
    return render(request, "programme/commune_list.html", context)


@require_GET
def place_freshness(request: SignedInRequest, code: str) -> HttpResponse:
    """Say anew how fresh the figures are, while some are still being added up."""
    chosen = _rounds(request)
    found = freshness.read(_unit(request, code, chosen), chosen.chosen)
    if found.token == request.GET.get("seen"):
        return HttpResponse(status=204)
    context = {"code": code, "rounds": chosen, "freshness": found, "is_newer": True}
    return render(request, "programme/_freshness.html", context)


def _rounds(request: SignedInRequest) -> Rounds:
    try:
        return rounds.choose(request.GET.get("round", ""))
    except ReportingRound.DoesNotExist as unknown:
        raise Http404 from unknown


def _unit(request: SignedInRequest, code: str, chosen: Rounds) -> AdministrativeUnit:
    units = AdministrativeUnit.objects.within(request.user.scope.read)
    return get_object_or_404(units.on(chosen.day), code=code)
