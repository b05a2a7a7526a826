"""The communes of a place by how they stand: a list by pages, and all of it as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from programme import reach
from programme.commune_filters import CommuneFilter
from programme.dashboard import communes, groups, listing
from programme.exporting import communes_as_csv
from programme.frame import frame

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse, HttpResponseBase

    from criteria.models import Outcome
    from ntm_portal.accounts.requests import SignedInRequest
    from programme.dashboard.ground import Ground
    from programme.dashboard.rounds import Rounds

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Where, when and of whom, and the communes that are left."""

    rounds: Rounds
    ground: Ground
    filter: CommuneFilter
    rows: QuerySet[Outcome, Any]  # annotated by `communes.outcomes`


@require_GET
@reach.explained
def commune_list(request: SignedInRequest, code: str) -> HttpResponse:
    """List the communes of a place by how they stand."""
    asked = _asked(request, code)
    page = Paginator(asked.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = frame(asked.ground, asked.rounds, request.user.scope) | {
        "filter": asked.filter,
        "page": page,
        "rows": listing.listed(page, asked.ground.unit, asked.rounds),
    }
    return render(request, "programme/commune_list.html", context)


@require_GET
@reach.explained
def commune_list_csv(request: SignedInRequest, code: str) -> HttpResponseBase:
    """Give the whole list as it is narrowed."""
    asked = _asked(request, code)
    return communes_as_csv(asked.rows, asked.ground.unit, asked.rounds)


def _asked(request: SignedInRequest, code: str) -> Asked:
    rounds = reach.cut(request, code)
    found = reach.ground(request, code, rounds)
    cells = groups.cells(found.unit, [], rounds).get(code, ())
    narrowed = CommuneFilter(
        request.GET,
        communes.outcomes(found.unit, rounds),
        criteria=[cell.criterion for cell in cells],
    )
    rows = listing.for_listing(narrowed.qs, rounds, widest_first=narrowed.is_of_gaps)
    return Asked(rounds, found, narrowed, rows)
