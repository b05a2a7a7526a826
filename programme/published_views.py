"""Pages of what is published: for everybody while the public site is on; no names of people.

They know published rounds alone, on the map of each round's own day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from communes.models import AdministrativeUnit
from ntm_portal.accounts.public import public
from ntm_portal.accounts.scope import NATION_PATH, Scope
from programme import reach
from programme.dashboard import dictionary as described
from programme.dashboard import ground, hashes, places, rounds
from programme.metrics import METRICS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NATION = "VN"
EVERYBODY = Scope(read=frozenset({NATION_PATH}))


@public
@reach.explained
def newest(request: HttpRequest) -> HttpResponse:
    """Show the nation in the newest published round, or in the one asked for."""
    return _page(request, NATION)


@public
@reach.explained
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show a place above the communes in a published round."""
    return _page(request, code)


@public
def dictionary(request: HttpRequest) -> HttpResponse:
    """Say what each column of the files holds."""
    known = rounds.published().known
    context = {
        "files": described.FILES,
        "hashes": [found for item in known if (found := hashes.of(item))],
    }
    return render(request, "programme/published_data.html", context)


def _page(request: HttpRequest, code: str) -> HttpResponse:
    chosen = reach.published_rounds(request)
    if chosen.chosen is None:
        return render(request, "programme/published_none.html")
    found = ground.find(code, chosen, EVERYBODY.read)
    if found is None or found.unit.level == AdministrativeUnit.Level.COMMUNE:
        raise reach.UnknownAddressError("published", code)
    context = {
        "place": places.read(found, chosen, EVERYBODY, request.GET),
        "metrics": METRICS.values(),
        "hash": hashes.of(chosen.chosen),
        "is_demonstration": chosen.chosen.is_demonstration,
        "leads_to": "published-place",
        "files": described.FILES,
    }
    return render(request, "programme/published_place.html", context)
