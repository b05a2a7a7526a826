"""The log of everything that was typed and done within reach, and its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.views.decorators.http import require_GET

from communes.querysets import path_within
from criteria.log_filters import ChangeFilter, StepFilter
from criteria.models import AssessmentEvent, ValueChange
from criteria.presentation.log import (
    LOADED,
    MOST_IN_WORKBOOK,
    STEP_LOADED,
    change_lines,
    csv_lines,
    step_lines,
    workbook_of,
)
from criteria.views.reach import PortalRequest
from ntm_portal.lib.workbooks import CONTENT_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase
    from django_filters import FilterSet

    from criteria.presentation.log import LogLine

PER_PAGE = 100
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the log is asked for: its filter, its rows, the latest first, and their lines."""

    what: str
    filter: FilterSet
    rows: QuerySet[Any]  # changes or steps
    lines: Callable[..., Iterator[LogLine]]


@require_GET
def change_log(request: PortalRequest) -> HttpResponseBase:
    """Show who changed what, when, by which way and why; the latest first."""
    asked = _asked(request)
    before = request.GET.get("before", "")
    rows = asked.rows.filter(pk__lt=before) if before.isdecimal() else asked.rows
    lines = list(asked.lines(rows[: PER_PAGE + 1]))
    context = {
        "what": asked.what,
        "filter": asked.filter,
        "lines": lines[:PER_PAGE],
        "before": lines[PER_PAGE - 1].pk if len(lines) > PER_PAGE else None,
        "most": MOST_IN_WORKBOOK,
    }
    return render(request, "criteria/change_log.html", context)


@require_GET
def change_log_csv(request: PortalRequest) -> HttpResponseBase:
    """Give everything that is asked for as CSV, as it is read."""
    asked = _asked(request)
    lines = csv_lines(asked.lines(asked.rows.iterator(chunk_size=CHUNK)))
    answer = StreamingHttpResponse(
        _in_language(get_language(), lines), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="log-{asked.what}.csv"'
    return answer


@require_GET
def change_log_workbook(request: PortalRequest) -> HttpResponseBase:
    """Give the latest of what is asked for as a workbook."""
    asked = _asked(request)
    book = workbook_of(asked.lines(asked.rows[:MOST_IN_WORKBOOK]))
    answer = HttpResponse(book, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="log-{asked.what}.xlsx"'
    return answer


def _in_language(language: str, lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines in her language: they are written after the page's own is put away."""
    with override(language):
        yield from lines


def _asked(request: PortalRequest) -> Asked:
    paths = request.user.scope.read
    if request.GET.get("what") == "steps":
        events = AssessmentEvent.objects.filter(path_within(paths, "assessment__unit__path"))
        steps = StepFilter(request.GET, queryset=events.select_related(*STEP_LOADED))
        return Asked("steps", steps, steps.qs.order_by("-pk"), step_lines)
    changes = ValueChange.objects.filter(path_within(paths, "value__assessment__unit__path"))
    found = ChangeFilter(request.GET, queryset=changes.select_related(*LOADED))
    return Asked("values", found, found.qs.order_by("-pk"), change_lines)
