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
from programme.dashboard import ground, places
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
    return render(request, "programme/published_data.html", {"files": described.FILES})


def _page(request: HttpRequest, code: str) -> HttpResponse:
    rounds = reach.published_rounds(request)
    if rounds.chosen is None:
        return render(request, "programme/published_none.html")
    found = ground.find(code, rounds, EVERYBODY.read)
    if found is None or found.unit.level == AdministrativeUnit.Level.COMMUNE:
        raise reach.UnknownAddressError("published", code)
    context = {
        "place": places.read(found, rounds, EVERYBODY, request.GET),
        "metrics": METRICS.values(),
        "is_demonstration": rounds.chosen.is_demonstration,
        "leads_to": "published-place",
        "files": described.FILES,
    }
    return render(request, "programme/published_place.html", context)
