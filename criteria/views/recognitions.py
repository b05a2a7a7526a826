"""Decisions of recognition to read: the list, one of them, its papers, the warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from criteria.models import Recognition, RecognitionDocument
from criteria.presentation.recognitions import (
    load_recognition,
    path_to,
    provinces_within,
    warned_rows,
)
from criteria.recognition import policies
from criteria.recognition.days import usual_day
from criteria.recognition.warnings import warnings_of
from criteria.recognition_filters import RecognitionFilter
from criteria.recognition_forms import DayForm
from criteria.views.reach import PortalRequest
from ntm_portal.lib.uploads import hand_out

if TYPE_CHECKING:
    from datetime import date

    from django.http.response import HttpResponseBase

PER_PAGE = 50


@require_GET
def recognition_list(request: PortalRequest) -> HttpResponseBase:
    """List the decisions within reach, the latest first."""
    scope = request.user.scope
    rows = Recognition.objects.within(scope.read).for_listing()
    found = RecognitionFilter(request.GET, queryset=rows)
    context = {
        "filter": found,
        "page": Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page")),
        "provinces": provinces_within(scope, usual_day(timezone.localdate())),
        "may_record": policies.may_record_anywhere(scope),
    }
    return render(request, "criteria/recognition_list.html", context)


@require_GET
def recognition_detail(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Show one decision with its papers, its conditions and every step of it."""
    recognition = reachable(request, pk)
    scope = request.user.scope
    crumbs = path_to(recognition.unit, recognition.decision_date, scope)
    page = load_recognition(recognition, crumbs, scope)
    return render(request, "criteria/recognition_detail.html", {"page": page})


@require_GET
def recognition_document(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Hand out a paper of a decision within reach, to be saved, never shown by the browser."""
    within = Recognition.objects.within(request.user.scope.read)
    papers = RecognitionDocument.objects.filter(recognition__in=within.order_by())
    document = get_object_or_404(papers, pk=pk)
    return hand_out(document.file, document.name, document.content_type)


@require_GET
def recognition_warnings(request: PortalRequest) -> HttpResponseBase:
    """List the recognised units that meet a ground of revocation."""
    form, day = asked_day(request)
    scope = request.user.scope
    provinces = provinces_within(scope, day)
    chosen = next((item for item in provinces if item.code == request.GET.get("within")), None)
    found = warnings_of([chosen.path] if chosen else scope.read, day)
    page = Paginator(found.warned, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "found": found,
        "law": found.law[0] if found.law else None,
        "page": page,
        "rows": warned_rows(list(page.object_list)),
        "provinces": provinces,
        "chosen": chosen,
    }
    return render(request, "criteria/recognition_warnings.html", context)


def reachable(request: PortalRequest, pk: int) -> Recognition:
    """Return the decision if it lies within what she may read, else answer 404."""
    within = Recognition.objects.within(request.user.scope.read)
    loaded = within.select_related("unit", "recorded_by", "superseded_by")
    return get_object_or_404(loaded, pk=pk)


def asked_day(request: PortalRequest) -> tuple[DayForm, date]:
    """Return the day asked for, else the usual one, and the form that shows it."""
    asked = DayForm(request.GET)
    usual = usual_day(timezone.localdate())
    day = asked.cleaned_data.get("on") if asked.is_valid() else None
    if asked.is_valid():
        return DayForm(initial={"on": day or usual}), day or usual
    return asked, usual
