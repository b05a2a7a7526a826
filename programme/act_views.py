"""The page that says where to act in a place, for all communes or those of a focus group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from programme import reach
from programme.dashboard import ground, places, tallies
from programme.dashboard.acting import blocking, groups, reading

if TYPE_CHECKING:
    from ntm_portal.accounts.requests import SignedInRequest


@require_GET
@reach.explained
def where_to_act(request: SignedInRequest, code: str) -> HttpResponse:
    """Show which communes are near, slip, rise, are stale or unverified, and for what."""
    rounds = reach.rounds(request)
    found = reach.ground(request, code, rounds)
    group = groups.choose(request.GET.get("group", ""))
    units = ground.below(found.unit, rounds)
    cells = (
        groups.cells(found.unit, units, rounds, group)
        if group
        else tallies.of([found.unit, *units], rounds)
    )
    context = {
        "unit": found.unit,
        "rounds": rounds,
        "maps": found.maps,
        "origin": found.origin,
        "crumbs": places.crumbs(found, request.user.scope),
        "is_demonstration": rounds.is_demonstration,
        "group": group,
        "groups": groups.GROUPS.items(),
        "acting": reading.read(found.unit, rounds, group, units),
        "blocking": blocking.table(
            found.unit, units, cells, compares_regions=not rounds.is_carried
        ),
    }
    return render(request, "programme/where_to_act.html", context)
