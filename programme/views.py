"""The pages of a place: its figures in a round, its communes, and how fresh the figures are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from programme import reach
from programme.commune_filters import CommuneFilter
from programme.dashboard import (
    communes,
    figures,
    freshness,
    listing,
    places,
    progress,
    published,
    tallies,
)
from programme.metrics import METRICS
from programme.models import PublishedFigure

if TYPE_CHECKING:
    from ntm_portal.accounts.requests import SignedInRequest

PAGE_SIZE = 50


@require_GET
@reach.explained
def place_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Show a place of any level in a round, on the map of the round's day or on today's."""
    chosen = reach.rounds(request)
    found = reach.ground(request, code, chosen)
    context = {
        "place": places.read(found, chosen, request.user.scope, request.GET),
        "metrics": METRICS.values(),
        "is_demonstration": chosen.is_demonstration,
    }
    return render(request, "programme/place_detail.html", context)


@require_GET
@reach.explained
def commune_list(request: SignedInRequest, code: str) -> HttpResponse:
    """List the communes of a place by how they stand."""
    chosen = reach.rounds(request)
    standing_on = reach.ground(request, code, chosen)
    unit = standing_on.unit
    criteria = [cell.criterion for cell in tallies.of([unit], chosen).get(unit.code, ())]
    found = CommuneFilter(
        request.GET, communes.outcomes(unit, chosen), day=chosen.day, criteria=criteria
    )
    rows = listing.for_listing(found.qs, chosen)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "unit": unit,
        "rounds": chosen,
        "maps": standing_on.maps,
        "origin": standing_on.origin,
        "crumbs": places.crumbs(standing_on, request.user.scope),
        "is_demonstration": chosen.is_demonstration,
        "filter": found,
        "page": page,
        "rows": listing.listed(page, unit, chosen),
    }
    return render(request, "programme/commune_list.html", context)


@require_GET
@reach.explained
def target_detail(request: SignedInRequest, code: str, target: str) -> HttpResponse:
    """Show one target of a place: its line, its pace, and how the forecast is worked out."""
    chosen = reach.rounds(request)
    found = reach.ground(request, code, chosen)
    series = figures.series_of(figures.read(found.unit, [], chosen), code)
    gauges = places.gauges_of(found, chosen, series)
    gauge = next((item for item in gauges if item.code == target), None)
    if gauge is None:
        raise Http404
    known = list(PublishedFigure.objects.of(code, gauge.metric.code).until(chosen.day))
    comparison = published.compare(progress.readings(gauge.metric, series, chosen), known)
    context = {
        "unit": found.unit,
        "rounds": chosen,
        "maps": found.maps,
        "origin": found.origin,
        "crumbs": places.crumbs(found, request.user.scope),
        "gauge": gauge,
        "published": known,
        "comparison": comparison,
        "is_demonstration": chosen.is_demonstration,
    }
    return render(request, "programme/target_detail.html", context)


@require_GET
@reach.explained
def place_freshness(request: SignedInRequest, code: str) -> HttpResponse:
    """Say anew how fresh the figures are, while some are still being added up."""
    chosen = reach.rounds(request)
    standing_on = reach.ground(request, code, chosen)
    series = figures.series_of(figures.read(standing_on.unit, [], chosen), code)
    now = series.get(chosen.chosen.pk) if chosen.chosen else None
    found = freshness.of(standing_on.freshness, chosen.chosen, now)
    if found.token == request.GET.get("seen"):
        return HttpResponse(status=204)
    context = {"code": code, "rounds": chosen, "freshness": found, "is_newer": True}
    return render(request, "programme/_freshness.html", context)
