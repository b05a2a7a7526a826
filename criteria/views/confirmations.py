"""Confirming a fact of the law, after seeing what that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from criteria import policies
from criteria.assessment.specs import rule_of
from criteria.confirmation_forms import ConfirmationForm
from criteria.models import Threshold
from criteria.presentation.decisions import by_commune
from criteria.presentation.thresholds import origin_of
from criteria.presentation.wording import asked_text
from criteria.services.confirming import check_confirming, confirm, foresee_confirmation
from criteria.views.reach import PortalRequest
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

UNPROCESSABLE = 422
ABOUT = "measure__indicator__criterion__criteria_set"


@require_http_methods(["GET", "HEAD", "POST"])
def threshold_confirm(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Take what was read; show what it changes; with `confirm`, write it."""
    if not policies.may_confirm_law(request.user.scope):
        raise PermissionDenied
    threshold = get_object_or_404(Threshold.objects.select_related(ABOUT), pk=pk)
    context: dict[str, Any] = {  # as templates take it
        "threshold": threshold,
        "origin": origin_of(threshold),
        "asks": asked_text(threshold.measure, rule_of(threshold), ""),
    }
    try:
        check_confirming(threshold, request.user)
    except DomainError as refusal:
        context["refusal"] = refusal
    posted = request.POST if request.method == "POST" else None
    form = context["form"] = ConfirmationForm(threshold, posted)
    if posted is None or "refusal" in context:
        return _show(request, context)
    if not form.is_valid():
        return _show(request, context, UNPROCESSABLE)
    if "confirm" in posted:
        return _confirm(request, threshold, form)
    context["effects"] = foresee_confirmation(threshold, form.reference)
    context["communes"] = by_commune(context["effects"])
    return _show(request, context)


def _confirm(
    request: PortalRequest, threshold: Threshold, form: ConfirmationForm
) -> HttpResponseBase:
    try:
        effects = confirm(threshold.pk, form.reference, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("threshold-confirm", threshold.pk)
    sentence = _("Confirmed. Verdicts changed: %(gained)s gained, %(lost)s lost.")
    messages.success(request, sentence % {"gained": effects.gained, "lost": effects.lost})
    return redirect("set-thresholds", threshold.measure.indicator.criterion.criteria_set.code)


def _show(request: PortalRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, "criteria/threshold_confirm.html", context, status=status)
