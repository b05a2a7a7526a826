"""Sending an assessment, verifying it, returning it: four eyes, each step an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.assessment import rejudge
from criteria.models import Assessment
from criteria.models.assessments import Basis
from criteria.reminders import tell_returned
from criteria.services.checks import check_review, check_second_person, check_sending
from criteria.services.judged import judge_stored
from criteria.services.late import enter_late
from criteria.services.steps import (
    lock_assessment,
    record_step,
)
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ntm_portal.accounts.models import User

Status = Assessment.Status


class IncompleteAssessment(DomainError):  # noqa: N818  (a refusal, not an error)
    """An assessment cannot be sent; `codes` names the measures for which nothing is typed."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        sentence = ngettext(
            "It cannot be sent: %(count)s value is still missing (%(codes)s).",
            "It cannot be sent: %(count)s values are still missing (%(codes)s).",
            len(codes),
        )
        words = {"count": len(codes), "codes": ", ".join(codes)}
        super().__init__(sentence % words, code="incomplete")


@transaction.atomic
def submit(assessment_id: int, *, by: User, late_reason: str = "") -> Assessment:
    """Send the assessment to the verifier, complete; what the law leaves open does not hinder.

    After the round has closed it is sent with a reason, as values are.
    """
    assessment = lock_assessment(assessment_id)
    check_sending(assessment, by)
    if codes := judge_stored(assessment).missing:
        raise IncompleteAssessment(codes)
    enter_late(assessment, by=by, reason=late_reason)
    assessment.submitted_at, assessment.submitted_by = timezone.now(), by
    record_step(assessment, Status.SUBMITTED, by=by)
    return assessment


@transaction.atomic
def verify(assessment_id: int, *, by: User, seen_version: int | None = None) -> Assessment:
    """Confirm what was sent: the numbers as typed become the verified ones.

    With the version of the assessment she saw, nothing is verified that was sent anew since.
    """
    assessment = _under_review(assessment_id, by)
    check_second_person(assessment, by)
    if seen_version not in {None, assessment.version}:
        sentence = _("It was changed and sent again after you opened it: look at it once more.")
        raise DomainError(sentence, code="changed-meanwhile")
    assessment.values.update(
        verified_number=F("number"), verified_is_not_assessed=F("is_not_assessed")
    )
    rejudge([assessment.pk], bases=tuple(Basis))
    assessment.verified_at, assessment.verified_by = timezone.now(), by
    record_step(assessment, Status.VERIFIED, by=by)
    return assessment


@transaction.atomic
def return_to_officer(assessment_id: int, *, reason: str, by: User) -> Assessment:
    """Give what was sent back to the officer, with the reason she needs to mend it."""
    assessment = _under_review(assessment_id, by)
    if not reason.strip():
        raise DomainError(_("Say why you return it: the officer reads it."), code="reason-required")
    tell_returned(record_step(assessment, Status.RETURNED, by=by, reason=reason.strip()))
    return assessment


def _under_review(assessment_id: int, by: User) -> Assessment:
    assessment = lock_assessment(assessment_id)
    check_review(assessment, by)
    return assessment
