"""Where a page goes after something was done: back to the same place, or on to the next."""

from __future__ import annotations

from string import ascii_lowercase, digits
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from criteria.models import Assessment
from criteria.presentation.pills import EVERYTHING
from criteria.querysets import SHOWN
from criteria.services.judged import judge_stored
from criteria.views.reach import reachable

CODE_SIGNS = frozenset(f"{ascii_lowercase}{digits}.")

if TYPE_CHECKING:
    from criteria.forms import Outcome
    from criteria.views.reach import PortalRequest


def after_saving(request: PortalRequest, pk: int, outcome: Outcome) -> str:
    """Return the address of the field she typed last, or of what she asked to go on with."""
    if {"next", "send"} & request.POST.keys():
        return next_to_type(request, _assessment(request, pk, outcome))
    if "missing" in request.POST:
        return next_missing(request, pk, outcome)
    address = reverse("assessment-detail", args=[pk])
    show = request.POST.get("show") or request.GET.get("show", EVERYTHING)
    query = "" if show == EVERYTHING else f"?{urlencode({'show': show})}"
    place = request.POST.get("at", "") or _row_asked_for(request)
    if not place and outcome.saved:
        place = f"row-{outcome.saved[-1]}"
    return f"{address}{query}{'#' if place else ''}{place}"


def _assessment(request: PortalRequest, pk: int, outcome: Outcome) -> Assessment:
    """Return the assessment, which whoever saved something has just held."""
    return outcome.judged.assessment if outcome.judged else reachable(request, pk)


def _row_asked_for(request: PortalRequest) -> str:
    """Return the place of the indicator that she typed the code of, which is one of a few signs."""
    code = request.POST.get("goto", "").strip().replace(",", ".")
    return f"row-{code}" if code and set(code) <= CODE_SIGNS else ""


def next_to_type(request: PortalRequest, assessment: Assessment) -> str:
    """Return the address of the next commune of hers with something to type, or her list."""
    hers = Assessment.objects.within(request.user.scope.write).with_officer()
    return _following(assessment, hers.after(assessment).first())


def next_missing(request: PortalRequest, pk: int, outcome: Outcome) -> str:
    """Return the address of the next field without a value: here, else in another commune."""
    assessment = _assessment(request, pk, outcome)
    judged = outcome.judged or judge_stored(assessment)
    if missing := judged.missing:
        codes = list(judged.measures)
        typed = max(map(codes.index, outcome.saved), default=-1)
        after = [code for code in missing if codes.index(code) > typed]
        return f"{reverse('assessment-detail', args=[pk])}#row-{(after or missing)[0]}"
    hers = Assessment.objects.within(request.user.scope.write).with_officer().with_reported()
    following = hers.filter(SHOWN["missing"]).after(assessment).first()
    address = _following(assessment, following)
    return f"{address}?show=missing" if following else address


def next_to_review(request: PortalRequest, assessment: Assessment) -> str:
    """Return the address of the next commune that awaits her review, or her list."""
    hers = Assessment.objects.within(request.user.scope.verify).with_verifier()
    return _following(assessment, hers.after(assessment).first())


def _following(assessment: Assessment, following: Assessment | None) -> str:
    if following is None:
        return reverse("worklist", args=[assessment.round.code])
    return reverse("assessment-detail", args=[following.pk])
