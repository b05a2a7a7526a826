"""The page that says where to act in a place, for all communes or those of a focus group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from programme import reach
from programme.dashboard import ground, groups
from programme.dashboard.acting import blocking, reading
from programme.frame import frame

if TYPE_CHECKING:
    from ntm_portal.accounts.requests import SignedInRequest


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
