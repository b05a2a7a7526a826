"""Excel, both ways: values given out as a workbook, and a filled-in one taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from criteria.excel.layout import header_of
from criteria.excel.mapping import guesses, remember
from criteria.excel.preview import preview_of
from criteria.excel.selection import select, set_of
from criteria.excel.taking import hers, read_by, take
from criteria.excel.writing import workbook_of
from criteria.filters import WorklistFilter
from criteria.models import Criterion, ReportingRound, ValueUpload
from criteria.presentation.late import owes_reason
from criteria.presentation.worklist import worklist_of
from criteria.services.bulk import BulkRefused
from criteria.services.uploads import Choice, apply_upload, entries_of
from criteria.upload_forms import ColumnsForm, choices_from
from criteria.views.reach import PortalRequest
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.workbooks import CONTENT_TYPE, Fault, content_of, mark, read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http.response import HttpResponseBase

    from criteria.models import CriteriaSet

UNPROCESSABLE, CONFLICT = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
def excel(request: PortalRequest, code: str) -> HttpResponseBase:
    """Offer the workbook of the round, and take a filled-in one."""
    round_, criteria_set = _asked(request, code)
    if request.method != "POST":
        return _show(request, round_, criteria_set)
    if not request.user.scope.write:
        raise Http404
    upload = request.FILES.get("workbook")
    if upload is None:
        sentence = _("Choose the workbook to send; at most 20 MB are taken.")
        return _show(request, round_, criteria_set, sentence)
    try:
        taken = take(content_of(upload), upload.name or "", round_, criteria_set, by=request.user)
    except DomainError as refusal:
        return _show(request, round_, criteria_set, str(refusal))
    return redirect("upload-detail" if taken.is_read else "upload-columns", taken.pk)


@require_GET
def workbook(request: PortalRequest, code: str) -> HttpResponseBase:
    """Send the values of the communes that the filters keep, as a workbook to fill in."""
    round_, criteria_set = _asked(request, code)
    rows = worklist_of(round_, request.user.scope)
    kept = WorklistFilter(request.GET, queryset=rows).qs
    selection = select(round_, kept, criteria_set, request.GET.getlist("criterion"))
    answer = HttpResponse(workbook_of(selection), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="ntm-{round_.code}.xlsx"'
    return answer


@require_GET
def upload_detail(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Show what a workbook says: its faults, or what it would change."""
    upload = _own(request, pk)
    return _show_upload(request, upload) if upload.is_read else redirect("upload-columns", pk)


@require_GET
def upload_marked(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Give the workbook back with its faults marked."""
    upload = _own(request, pk)
    faults = [Fault(*line) for line in upload.faults]
    notices = [Fault(*line) for line in upload.notices]
    with upload.file.open("rb") as kept:
        content = mark(kept.read(), [*faults, *notices])
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="ntm-{upload.round.code}-marked.xlsx"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def upload_columns(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Ask which column of her own sheet holds what; remembered for the next time."""
    upload = _own(request, pk)
    with upload.file.open("rb") as kept:
        book = read_workbook(kept.read())
    header = header_of(book)
    if header is None or upload.is_read:
        return redirect("upload-detail", pk)
    selection = hers(upload.round, upload.criteria_set, request.user)
    form = ColumnsForm(
        guesses(header, selection.measures), selection.measures, request.POST or None
    )
    if request.method == "POST" and form.is_valid():
        layout = remember(
            header, upload.criteria_set, form.unit_column, form.columns, by=request.user
        )
        read_by(upload, book, layout, selection, by=request.user)
        return redirect("upload-detail", pk)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"upload": upload, "form": form, "header": header}
    return render(request, "criteria/upload_columns.html", context, status=status)


@require_POST
def upload_apply(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Save everything that the workbook says, or nothing."""
    upload = _own(request, pk)
    choices = choices_from(request.POST)
    try:
        late_reason = request.POST.get("late_reason", "")
        saved = apply_upload(pk, choices, by=request.user, late_reason=late_reason)
    except BulkRefused as refused:
        return _show_upload(request, upload, refused, choices)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("upload-detail", pk)
    sentence = ngettext(
        "%(count)s value saved from the workbook.",
        "%(count)s values saved from the workbook.",
        saved.values,
    )
    messages.success(request, sentence % {"count": saved.values})
    return redirect("worklist", upload.round.code)


def _show(
    request: PortalRequest, round_: ReportingRound, criteria_set: CriteriaSet, sentence: str = ""
) -> HttpResponse:
    context = {
        "round": round_,
        "criteria_set": criteria_set,
        "criteria": Criterion.objects.filter(criteria_set=criteria_set),
        "may_send": bool(request.user.scope.write) and not round_.is_frozen,
        "uploads": ValueUpload.objects.filter(owner=request.user, round=round_)[:5],
        "sentence": sentence,
    }
    status = UNPROCESSABLE if sentence else 200
    return render(request, "criteria/excel.html", context, status=status)


def _show_upload(
    request: PortalRequest,
    upload: ValueUpload,
    refused: BulkRefused | None = None,
    choices: Mapping[tuple[int, str], Choice] | None = None,
) -> HttpResponse:
    selection = hers(upload.round, upload.criteria_set, request.user)
    entries = {} if upload.faults else entries_of(upload)
    units = {item.pk: item.unit.label for item in selection.assessments}
    context = {
        "upload": upload,
        "faults": [Fault(*line) for line in upload.faults],
        "notices": [Fault(*line) for line in upload.notices],
        "preview": preview_of(selection.assessments, selection.measures, entries),
        "refused": refused,
        "owes_reason": owes_reason(
            [item for item in selection.assessments if item.pk in entries], request.user
        ),
        "late_reason": request.POST.get("late_reason", ""),
        "refusals": [
            (units.get(item.assessment_id, ""), item.code, item.error)
            for item in (refused.refusals if refused else ())
        ],
        "chosen": {f"choice-{pk}-{code}": choice for (pk, code), choice in (choices or {}).items()},
    }
    status = CONFLICT if refused else 200
    return render(request, "criteria/upload_detail.html", context, status=status)


def _asked(request: PortalRequest, code: str) -> tuple[ReportingRound, CriteriaSet]:
    """Return the round, and the set by which communes of hers are judged in it."""
    round_ = get_object_or_404(ReportingRound, code=code)
    rows = worklist_of(round_, request.user.scope)
    criteria_set = set_of(rows, request.GET.get("set", ""))
    if criteria_set is None:
        raise Http404
    return round_, criteria_set


def _own(request: PortalRequest, pk: int) -> ValueUpload:
    uploads = ValueUpload.objects.filter(owner=request.user)
    return get_object_or_404(uploads.select_related("round", "criteria_set"), pk=pk)
