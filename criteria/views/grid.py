"""The grid of a round: read, typed whole or cell by cell, and what is known of one cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from criteria.excel.selection import measures_of, set_of
from criteria.filters import WorklistFilter
from criteria.grid.cells import Cells, cell_text
from criteria.grid.page import load_grid
from criteria.grid.posting import GridForm
from criteria.models import Assessment, ReportingRound
from criteria.presentation.loading import load_judged
from criteria.presentation.worklist import worklist_of
from criteria.services.judged import judge_stored
from criteria.views.reach import PortalRequest, reachable
from ntm_portal.accounts.kept import take
from ntm_portal.templatetags.portal import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http.response import HttpResponseBase

    from criteria.grid.cells import GridCell
    from criteria.grid.posting import Answers, Posted
    from criteria.models import CriteriaSet, Measure

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: PortalRequest, code: str) -> HttpResponseBase:
    """Show the communes by the indicators of a criterion; save what was typed."""
    round_ = get_object_or_404(ReportingRound, code=code)
    hers = worklist_of(round_, request.user.scope)
    criteria_set = set_of(hers, request.GET.get("set", ""))
    if criteria_set is None:
        raise Http404
    rows = WorklistFilter(request.GET, queryset=hers).qs
    asked = request.GET.dict()
    if request.method != "POST":
        answers = _kept(request, criteria_set, round_)
        page = load_grid(
            round_, criteria_set, rows, reader=request.user, asked=asked, answers=answers
        )
        return render(request, "criteria/grid.html", {"grid": page})
    measures = measures_of(criteria_set, round_, [request.POST.get("criterion", "")])
    posted = GridForm(request.POST, measures).save(by=request.user)
    if answer := settled(request, posted, measures):
        return answer
    page = load_grid(
        round_, criteria_set, rows, reader=request.user, asked=asked, answers=posted.answers
    )
    context = {"grid": page, "late_reason": request.POST.get("late_reason", "")}
    return render(request, "criteria/grid.html", context, status=CONFLICT)


def _kept(request: PortalRequest, criteria_set: CriteriaSet, round_: ReportingRound) -> Answers:
    """Return what was typed when a session ended or before the language was switched."""
    typed = take(request)
    if typed is None:
        return {}
    measures = measures_of(criteria_set, round_, [typed.get("criterion", "")])
    return GridForm(typed, measures).kept()


@require_GET
def grid_cell(request: PortalRequest, pk: int, code: str) -> HttpResponseBase:
    """Say of one cell what it is, what is asked, what stood before, and who typed it."""
    assessment = reachable(request, pk)
    row = next(
        (row for row in load_judged(judge_stored(assessment), {}).rows if row.code == code), None
    )
    if row is None:
        raise Http404
    return render(request, "criteria/_grid_line.html", {"row": row, "assessment": assessment})


def settled(
    request: PortalRequest, posted: Posted, measures: Sequence[Measure]
) -> HttpResponseBase | None:
    """Answer the script, or say what was saved; nothing while cells are left to be shown again."""
    if request.headers.get("X-Grid"):
        return _states(request, posted, measures)
    if posted.values:
        sentence = ngettext("%(count)s value saved.", "%(count)s values saved.", posted.values)
        messages.success(request, sentence % {"count": posted.values})
    return None if posted.answers else redirect(request.get_full_path())


def _states(
    request: PortalRequest, posted: Posted, measures: Sequence[Measure]
) -> HttpResponseBase:
    """Answer the script: every cell of the rows that were touched, as it stands now."""
    found = Assessment.objects.within(request.user.scope.read).filter(pk__in=posted.touched)
    assessments = list(found.for_page())
    alike: dict[tuple[int, int], list[Assessment]] = {}
    for item in assessments:
        alike.setdefault((item.round_id, item.criteria_set_id), []).append(item)
    answer: dict[str, object] = {}
    for group in alike.values():
        cells = Cells.load(group, measures, posted.answers)
        for item in group:
            answer[str(item.pk)] = {
                "stamps": cells.stamps(item),
                "cells": [_state(cell) for cell in cells.row(item)],
            }
    return JsonResponse({"rows": answer, "saved": posted.values})


def _state(cell: GridCell) -> dict[str, str]:
    state = {
        "name": cell.name,
        "text": cell.text,
        "verdict": cell.verdict,
        "sign": cell.sign,
        "word": cell.word,
        "state": cell.state,
    }
    if cell.answer:
        state["sentence"] = cell.answer.sentence
    if cell.answer and (theirs := cell.answer.theirs):
        state["theirs"] = cell_text(cell.kind, theirs.typed)
        who = theirs.updated_by.display_name if theirs.updated_by else ""
        state["who"] = f"{who}, {moment(theirs.updated_at)}"
    return state
