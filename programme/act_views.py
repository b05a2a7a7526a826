"""The pages that say where to act in a place, for all its communes or some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from programme import reach
from programme.dashboard import ground, groups
from programme.dashboard.acting import blocking, reading, staleness
from programme.exporting import stale_as_csv
from programme.frame import frame

if TYPE_CHECKING:
    from ntm_portal.accounts.requests import SignedInRequest


PAGE_SIZE = 50


@require_GET
@reach.explained
def where_to_act(request: SignedInRequest, code: str) -> HttpResponse:
    """Show which communes are near, slip, rise, are stale or unverified, and for what."""
    rounds = reach.cut(request, code)
    found = reach.ground(request, code, rounds)
    units = ground.below(found.unit, rounds)
    cells = groups.cells(found.unit, units, rounds)
    context = frame(found, rounds, request.user.scope) | {
        "acting": reading.read(found.unit, rounds, units),
        "blocking": blocking.table(
            found.unit, units, cells, compares_regions=not rounds.is_carried
        ),
    }
    return render(request, "programme/where_to_act.html", context)


@require_GET
@reach.explained
def stale_list(request: SignedInRequest, code: str) -> HttpResponse:
    """List the communes of a place that were not updated for two rounds, and since when."""
    rounds = reach.cut(request, code)
    found = reach.ground(request, code, rounds)
    rows = staleness.dated(staleness.of(found.unit, rounds), rounds)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = frame(found, rounds, request.user.scope) | {
        "page": page,
        "rows": staleness.listed(page, found.unit, rounds),
    }
    return render(request, "programme/stale_list.html", context)


@require_GET
@reach.explained
def stale_list_csv(request: SignedInRequest, code: str) -> HttpResponse:
    """Give the whole list."""
    rounds = reach.cut(request, code)
    found = reach.ground(request, code, rounds)
    rows = staleness.dated(staleness.of(found.unit, rounds), rounds)
    return stale_as_csv(staleness.listed(rows, found.unit, rounds), rounds)
