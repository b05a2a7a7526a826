"""The grid of one commune by rounds: read, typed whole or cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from criteria.excel.selection import measures_of
from criteria.grid.posting import GridForm
from criteria.grid.rounds import load_rounds
from criteria.views.grid import CONFLICT, settled
from criteria.views.reach import PortalRequest, reachable
from ntm_portal.accounts.kept import take

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@require_http_methods(["GET", "HEAD", "POST"])
def rounds_grid(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Show the indicators of a commune by its rounds; save what was typed in open ones."""
    assessment = reachable(request, pk)
    measures = measures_of(assessment.criteria_set, assessment.round)
    if request.method != "POST":
        typed = take(request)
        answers = GridForm(typed, measures).kept() if typed else {}
        page = load_rounds(assessment, measures, request.user, answers)
        return render(request, "criteria/rounds_grid.html", {"grid": page})
    posted = GridForm(request.POST, measures).save(by=request.user)
    if answer := settled(request, posted, measures):
        return answer
    page = load_rounds(assessment, measures, request.user, posted.answers)
    return render(request, "criteria/rounds_grid.html", {"grid": page}, status=CONFLICT)
