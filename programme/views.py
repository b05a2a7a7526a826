"""The pages of a place: its figures in a round, its targets, and how fresh the figures are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from programme import reach
from programme.dashboard import (
    figures,
    freshness,
    group_place,
    groups,
    places,
    progress,
    published,
)
from programme.frame import frame
from programme.metrics import METRICS
from programme.models import PublishedFigure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from communes.models import AdministrativeUnit
    from ntm_portal.accounts.requests import SignedInRequest
    from programme.dashboard.rounds import Rounds
    from programme.dashboard.standing import Gauge


@require_GET
@reach.explained
def place_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Show a place of any level in a round, on the map of the round's day or on today's.

    Of a focus group or region it shows what its communes come to.
    """
    chosen = reach.cut(request, code)
    found = reach.ground(request, code, chosen)
    if chosen.is_cut and found.is_summed:
        place = group_place.read(found.unit, chosen, request.GET.get("sort", ""))
        context = frame(found, chosen, request.user.scope) | {"place": place}
        return render(request, "programme/group_place.html", context)
    context = {
        "place": places.read(found, chosen, request.user.scope, request.GET),
        "metrics": METRICS.values(),
        "is_demonstration": chosen.is_demonstration,
        "groups": groups.GROUPS.items(),
    }
    return render(request, "programme/place_detail.html", context)


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
        raise reach.UnknownAddressError("target", target, _targets(found.unit, chosen, gauges))
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


def _targets(unit: AdministrativeUnit, rounds: Rounds, gauges: Iterable[Gauge]) -> list[reach.Link]:
    """Return the page of a place, and those of its targets."""
    place = reach.Link(f"{reverse('place-detail', args=[unit.code])}{rounds.query}", unit.label)
    return [
        place,
        *(
            reach.Link(
                f"{reverse('target-detail', args=[unit.code, gauge.code])}{rounds.query}",
                gauge.label,
            )
            for gauge in gauges
            if gauge.code
        ),
    ]


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
