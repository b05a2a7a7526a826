"""Sending, verifying and returning from the page of an assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from criteria import services
from criteria.forms import Outcome
from criteria.presentation.wording import name_in_sentence
from criteria.views.addresses import next_to_review
from criteria.views.assessments import save_and_go_on, show_assessment
from criteria.views.reach import PortalRequest, reachable
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@require_POST
def assessment_submit(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Save what is typed, then send the assessment."""
    return save_and_go_on(request, pk, sends=True)


@require_POST
def assessment_verify(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Verify what was sent and go on to the next that awaits review."""
    assessment = reachable(request, pk)
    try:
        services.verify(pk, by=request.user, seen_version=_seen_version(request))
    except DomainError as refusal:
        return show_assessment(request, reachable(request, pk), Outcome(refusal=refusal))
    messages.success(
        request, _("%(unit)s is verified.") % {"unit": name_in_sentence(assessment.unit)}
    )
    return redirect(next_to_review(request, assessment))


@require_POST
def assessment_return(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Return what was sent with the reason, which stays typed when it is refused."""
    assessment = reachable(request, pk)
    reason = request.POST.get("reason", "")
    try:
        services.return_to_officer(pk, reason=reason, by=request.user)
    except DomainError as refusal:
        return show_assessment(request, reachable(request, pk), Outcome(refusal=refusal))
    messages.success(
        request, _("%(unit)s is returned.") % {"unit": name_in_sentence(assessment.unit)}
    )
    return redirect(reverse("assessment-detail", args=[pk]))


def _seen_version(request: PortalRequest) -> int | None:
    """Return the version of the assessment that her page showed, where the form says it."""
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() else None
