"""Sending in one act the communes that are complete; of the others it says what they lack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Assessment
from criteria.services.checks import check_sending
from criteria.services.judged import missing_in
from criteria.services.late import enter_many_late
from criteria.services.review import IncompleteAssessment
from criteria.services.steps import lock_assessments, record_steps
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ntm_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class BulkSent:
    """How many assessments were sent, and why others were not."""

    count: int
    refused: tuple[tuple[Assessment, DomainError], ...]


@transaction.atomic
def submit_many(seen: Mapping[int, int], *, by: User, late_reason: str = "") -> BulkSent:
    """Send the assessments that may be sent, each as `submit` does.

    `seen` holds, by id, the version that her list showed: what somebody changed meanwhile is left
    to be looked at. The statements do not grow with the number, apart from their batches.
    """
    held = list(lock_assessments(seen).values())
    refused = dict(_refused(held, seen, by))
    lacking = missing_in(item for item in held if item.pk not in refused)
    refused |= {pk: IncompleteAssessment(codes) for pk, codes in lacking.items() if codes}
    ready = [item for item in held if item.pk not in refused]
    refused |= enter_many_late(ready, {item.pk: late_reason for item in ready}, by=by)
    sent = [item for item in ready if item.pk not in refused]
    for item in sent:
        item.submitted_at, item.submitted_by = timezone.now(), by
    if sent:
        record_steps(sent, Assessment.Status.SUBMITTED, by=by)
    return BulkSent(
        len(sent), tuple((item, refused[item.pk]) for item in held if item.pk in refused)
    )


def _refused(
    held: Iterable[Assessment], seen: Mapping[int, int], by: User
) -> Iterable[tuple[int, DomainError]]:
    for item in held:
        try:
            check_sending(item, by)
            _check_unchanged(item, seen[item.pk])
        except DomainError as refusal:
            yield item.pk, refusal


def _check_unchanged(assessment: Assessment, version: int) -> None:
    if assessment.version != version:
        sentence = _("Somebody changed it after you opened the list: look at it before you send.")
        raise DomainError(sentence, code="changed-meanwhile")
