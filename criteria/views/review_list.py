"""The list of what awaits a verifier, and verifying at once what did not change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from criteria.models import Assessment, ReportingRound
from criteria.presentation.review import load_review
from criteria.presentation.wording import name_in_sentence
from criteria.services.bulk_review import verify_unchanged
from criteria.views.reach import PortalRequest
from criteria.views.seen import seen_in

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@require_GET
def review_list(request: PortalRequest, code: str) -> HttpResponseBase:
    """Show what awaits her review: what did not change together, the rest one by one."""
    round_ = get_object_or_404(ReportingRound, code=code)
    page = load_review(round_, request.user)
    return render(request, "criteria/review_list.html", {"page": page})


@require_POST
def review_verify(request: PortalRequest, code: str) -> HttpResponseBase:
    """Verify the chosen communes in which nothing changed; say which were left and why."""
    round_ = get_object_or_404(ReportingRound, code=code)
    hers = Assessment.objects.filter(round=round_).within(request.user.scope.verify)
    done = verify_unchanged(seen_in(request, hers), by=request.user)
    if done.count:
        sentence = ngettext(
            "%(count)s commune is verified.", "%(count)s communes are verified.", done.count
        )
        messages.success(request, sentence % {"count": done.count})
    elif not done.refused:
        messages.info(request, _("Nothing is verified: no commune was chosen."))
    for assessment, refusal in done.refused:
        messages.warning(request, f"{name_in_sentence(assessment.unit)}: {refusal}")
    return redirect("round-review", round_.code)
