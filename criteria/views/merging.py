"""Units formed by a merger: their list in a round, and the review of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from criteria.forms import Outcome, ValuesForm
from criteria.merged_filters import MergedFilter
from criteria.models import ReportingRound, ValueChange
from criteria.presentation.late import owes_reason
from criteria.presentation.merged import load_merged, of_round
from criteria.presentation.merging import load_merger
from criteria.services.merging import state_sizes, take_over
from criteria.size_forms import SizesForm
from criteria.views.reach import PortalRequest, reachable
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from django.http import HttpResponse

    from criteria.models import Assessment

UNPROCESSABLE, CONFLICT = 422, 409


@require_GET
def merged_list(request: PortalRequest, code: str) -> HttpResponse:
    """List the units formed by a merger that were not yet assessed, with progress by province."""
    round_ = get_object_or_404(ReportingRound, code=code)
    rows = of_round(round_, request.user.scope)
    found = MergedFilter(request.GET, queryset=rows)
    page = load_merged(round_, rows, found.qs, request.GET.get("page", ""))
    rounds = ReportingRound.objects.order_by("-reference_date")
    context = {"page": page, "filter": found, "rounds": rounds}
    return render(request, "criteria/merged_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def merger_review(request: PortalRequest, pk: int) -> HttpResponse:
    """Show what is proposed for a merged unit beside its sources; do what was asked."""
    assessment = reachable(request, pk)
    if request.method != "POST":
        return _show(request, assessment)
    if "take" in request.POST:
        return _take(request, assessment)
    if "sizes" in request.POST:
        return _state(request, assessment)
    channel = ValueChange.Channel.MERGER
    outcome = ValuesForm(request.POST).save(pk, by=request.user, channel=channel)
    if count := len(outcome.saved) + outcome.confirmed:
        sentence = ngettext("%(count)s value confirmed.", "%(count)s values confirmed.", count)
        messages.success(request, sentence % {"count": count})
    if outcome.holds:
        return redirect("merger-review", pk)
    return _show(request, reachable(request, pk), outcome)


def _show(
    request: PortalRequest,
    assessment: Assessment,
    outcome: Outcome | None = None,
    sizes: SizesForm | None = None,
) -> HttpResponse:
    page = load_merger(
        assessment, reader=request.user, answers=outcome.unsaved if outcome else None
    )
    if not page.formers:
        raise Http404
    context = {
        "page": page,
        "outcome": outcome,
        "owes_reason": page.actions.may_type and owes_reason([assessment], request.user),
        "late_reason": _late(request),
        "sizes": sizes or SizesForm(None, page.formers),
    }
    return render(request, "criteria/merger_review.html", context, status=_status(outcome, sizes))


def _take(request: PortalRequest, assessment: Assessment) -> HttpResponse:
    try:
        count = take_over(assessment.pk, by=request.user, late_reason=_late(request))
    except DomainError as refusal:
        return _show(request, assessment, Outcome(refusal=refusal))
    sentence = ngettext(
        "%(count)s proposal is in the form, marked until you confirm it.",
        "%(count)s proposals are in the form, marked until you confirm them.",
        count,
    )
    messages.success(request, sentence % {"count": count})
    return redirect("merger-review", assessment.pk)


def _state(request: PortalRequest, assessment: Assessment) -> HttpResponse:
    page = load_merger(assessment, reader=request.user)
    form = SizesForm(request.POST, page.formers)
    if not form.is_valid():
        return _show(request, assessment, sizes=form)
    try:
        state_sizes(assessment.pk, form.sizes, by=request.user, late_reason=_late(request))
    except DomainError as refusal:
        return _show(request, assessment, Outcome(refusal=refusal), form)
    messages.success(request, _("The sizes are saved; the proposals follow them."))
    return redirect("merger-review", assessment.pk)


def _late(request: PortalRequest) -> str:
    return request.POST.get("late_reason", "")


def _status(outcome: Outcome | None, sizes: SizesForm | None) -> int:
    if outcome and any(answer.conflict for answer in outcome.unsaved.values()):
        return CONFLICT
    if sizes and sizes.errors:
        return UNPROCESSABLE
    return 200 if outcome is None or outcome.holds else UNPROCESSABLE
