"""Typing, foreseeing and putting into force what a province decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from communes.models import AdministrativeUnit
from criteria import policies
from criteria.models import CriteriaSet, ProvincialDecision
from criteria.presentation.decisions import by_commune, grid_of, levels_in_words
from criteria.provincial_forms import DecisionForm
from criteria.services.provincial import discard, enact, foresee_levels
from criteria.services.provincial_drafts import keep, new_draft
from criteria.services.provincial_levels import Law, Paper
from criteria.views.reach import PortalRequest
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.uploads import hand_out

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: PortalRequest, code: str, province: str) -> HttpResponseBase:
    """Type the levels that a decision sets, for the first time."""
    unit = hers_by_code(request, province)
    criteria_set = get_object_or_404(CriteriaSet, code=code)
    return _typing(request, new_draft(criteria_set, unit, by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Go on with a draft."""
    draft = _hers(request, pk)
    return _typing(request, draft) if draft.is_draft else redirect("decision-detail", pk)


@require_GET
def decision_detail(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Show a decision; of a draft, what it would change."""
    decision = _seen(request, pk)
    law = Law.of(decision.criteria_set, decision.province)
    context = {
        "decision": decision,
        "may_open": policies.may_open_decision(request.user.scope, decision),
    }
    if not decision.is_draft:
        thresholds = decision.thresholds.select_related("measure__indicator")
        context["levels"] = levels_in_words(law, thresholds)
        context["events"] = decision.events.select_related("by")
        return render(request, "criteria/provincial_detail.html", context)
    form = DecisionForm.of_draft(law, decision)
    if not form.is_valid():
        return _show_form(request, form)
    given = form.cleaned_data
    paper = Paper(given["number"], given["decided_on"], given["valid_from"])
    effects = foresee_levels(law, paper, form.levels)
    context |= {"effects": effects, "communes": by_commune(effects), "form": form}
    context["levels"] = levels_in_words(law, form.thresholds)
    return render(request, "criteria/provincial_preview.html", context)


@require_POST
def decision_enact(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Put a draft into force."""
    decision = _hers(request, pk)
    form = DecisionForm.of_draft(Law.of(decision.criteria_set, decision.province), decision)
    if not decision.is_draft or not form.is_valid():
        return redirect("decision-detail", pk)
    try:
        effects = enact(pk, form.levels, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("decision-detail", pk)
    sentence = ngettext(
        "In force. %(count)s verdict changed: %(gained)s gained, %(lost)s lost.",
        "In force. %(count)s verdicts changed: %(gained)s gained, %(lost)s lost.",
        effects.total,
    )
    words = {"count": effects.total, "gained": effects.gained, "lost": effects.lost}
    messages.success(request, sentence % words)
    return redirect("decision-detail", pk)


@require_POST
def decision_discard(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Throw a draft away."""
    decision = _hers(request, pk)
    try:
        discard(pk, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("decision-detail", pk)
    messages.success(request, _("The draft is thrown away."))
    return redirect("set-thresholds", decision.criteria_set.code)


@require_GET
def decision_document(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Send the file of a decision to those who may read in its province."""
    decision = _seen(request, pk)
    if not decision.file or not policies.may_open_decision(request.user.scope, decision):
        raise Http404
    return hand_out(decision.file, decision.file_name, decision.content_type)


def hers_by_code(request: PortalRequest, code: str) -> AdministrativeUnit:
    """Return the latest version of a province for which she may set levels, else answer 404."""
    found = AdministrativeUnit.objects.filter(
        level=AdministrativeUnit.Level.PROVINCE, code=code
    ).select_related("region")
    unit = found.order_by(F("valid_from").desc(nulls_last=True)).first()
    if unit is None or not policies.may_set_levels(request.user.scope, unit):
        raise Http404
    return unit


def _typing(request: PortalRequest, draft: ProvincialDecision) -> HttpResponseBase:
    law = Law.of(draft.criteria_set, draft.province)
    if request.method != "POST":
        form = DecisionForm.of_draft(law, draft) if draft.pk else DecisionForm(law, draft)
        return _show_form(request, form)
    form = DecisionForm(law, draft, request.POST, request.FILES)
    holds = form.is_valid()
    if holds or form.typed.document:  # a browser would not send the file a second time
        keep(draft, form.typed, by=request.user)
    return redirect("decision-detail", draft.pk) if holds else _show_form(request, form)


def _show_form(request: PortalRequest, form: DecisionForm) -> HttpResponse:
    context = {"form": form, "grid": grid_of(form), "draft": form.draft, "law": form.law}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "criteria/provincial_form.html", context, status=status)


def _seen(request: PortalRequest, pk: int) -> ProvincialDecision:
    rows = ProvincialDecision.objects.select_related(
        "province__region", "criteria_set", "recorded_by"
    )
    decision = get_object_or_404(rows, pk=pk)
    if not policies.may_see_decision(request.user.scope, decision):
        raise Http404
    return decision


def _hers(request: PortalRequest, pk: int) -> ProvincialDecision:
    decision = _seen(request, pk)
    if not policies.may_set_levels(request.user.scope, decision.province):
        raise Http404
    return decision
