"""Verifying in one act what did not change since it was last verified, with four eyes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.assessment import rejudge
from criteria.assessment.open_rounds import BATCH, parts_of
from criteria.models import Assessment, IndicatorValue
from criteria.models.assessments import Basis
from criteria.services.checks import check_review, check_second_person
from criteria.services.last_verified import changed_measures, newly_backed
from criteria.services.steps import lock_assessments, record_steps
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ntm_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class BulkVerified:
    """How many assessments were verified, and why others were not."""

    count: int
    refused: tuple[tuple[Assessment, DomainError], ...]


@transaction.atomic
def verify_unchanged(seen: Mapping[int, int], *, by: User) -> BulkVerified:
    """Verify the assessments in which nothing changed since they were last verified.

    `seen` holds, by id, the version that her list showed. What changed, was sent anew meanwhile
    or was sent by herself is left to be looked at one by one. The statements do not grow with
    the number, apart from their batches.
    """
    held = list(lock_assessments(seen).values())
    refused = _refused(held, seen, by)
    taken = [item for item in held if item.pk not in refused]
    if taken:
        _verify(taken, by)
    return BulkVerified(
        len(taken), tuple((item, refused[item.pk]) for item in held if item.pk in refused)
    )


def _verify(taken: list[Assessment], by: User) -> None:
    IndicatorValue.objects.filter(assessment__in=[item.pk for item in taken]).update(
        verified_number=F("number"), verified_is_not_assessed=F("is_not_assessed")
    )
    for part in parts_of(taken):
        ids = [item.pk for item in part.assessments]
        for start in range(0, len(ids), BATCH):
            rejudge(ids[start : start + BATCH], bases=tuple(Basis))
    now = timezone.now()
    for item in taken:
        item.verified_at, item.verified_by = now, by
    record_steps(taken, Assessment.Status.VERIFIED, by=by)


def _refused(
    held: Iterable[Assessment], seen: Mapping[int, int], by: User
) -> dict[int, DomainError]:
    held = list(held)
    changed, backed = changed_measures(held), newly_backed(held)
    found: dict[int, DomainError] = {}
    for item in held:
        try:
            check_review(item, by)
            check_second_person(item, by)
            _check_unchanged(item, seen[item.pk], touched=bool(changed[item.pk] or backed[item.pk]))
        except DomainError as refusal:
            found[item.pk] = refusal
    return found


def _check_unchanged(assessment: Assessment, version: int, *, touched: bool) -> None:
    if assessment.version != version:
        sentence = _("It was changed and sent again after you opened it: look at it once more.")
        raise DomainError(sentence, code="changed-meanwhile")
    if touched:
        sentence = _("Something changed since it was last verified: look at it before you verify.")
        raise DomainError(sentence, code="changed")
