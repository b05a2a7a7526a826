"""Assessments of open rounds judged anew after the law changed; other rounds never move."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from communes.changes import Changed, Kind, record_changes
from communes.services import mark_stale
from criteria.assessment.rejudging import rejudge
from criteria.models import Assessment, Outcome, ReportingRound
from criteria.models.assessments import Basis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from criteria.models import CriteriaSet

BATCH = 500  # assessments at a time: some 25,000 values in memory


@dataclass(frozen=True, slots=True)
class Part:
    """Assessments of one round by one set: what is judged together."""

    day: date
    criteria_set: CriteriaSet
    assessments: list[Assessment] = field(default_factory=list)


def parts_of(assessments: Iterable[Assessment]) -> list[Part]:
    """Return the assessments by round and set; they come with both."""
    parts: dict[tuple[int, int], Part] = {}
    for item in assessments:
        key = (item.round_id, item.criteria_set_id)
        if key not in parts:
            parts[key] = Part(item.round.reference_date, item.criteria_set)
        parts[key].assessments.append(item)
    return list(parts.values())


def in_open_rounds(set_id: int, paths: Iterable[str]) -> QuerySet[Assessment]:
    """Return the assessments by a set at or below `paths` whose verdicts may still move."""
    found = Assessment.objects.within(paths).filter(
        criteria_set=set_id, round__in=ReportingRound.objects.open()
    )
    return found.select_related("unit", "round", "criteria_set").order_by(
        "round__reference_date", "unit__path"
    )


def lock_open_rounds(set_id: int, paths: Iterable[str]) -> list[Assessment]:
    """Hold the open rounds, then these assessments, until the caller's transaction ends."""
    list(ReportingRound.objects.open().select_for_update().order_by("pk"))
    return list(in_open_rounds(set_id, paths).select_for_update(of=("self",)))


def rejudge_open(assessments: Iterable[Assessment]) -> None:
    """Judge locked assessments anew, also what was verified, and mark their units stale."""
    for part in parts_of(assessments):
        ids = [item.pk for item in part.assessments]
        for bases, found in _by_bases(ids).items():
            for start in range(0, len(found), BATCH):
                rejudge(found[start : start + BATCH], bases=bases)
        record_changes(
            Kind.ASSESSMENT,
            (Changed(item.pk, item.unit.path, item.round.code) for item in part.assessments),
        )
        mark_stale([item.unit_id for item in part.assessments], since=part.day)


def _by_bases(ids: Sequence[int]) -> dict[tuple[Basis, ...], list[int]]:
    """Return the assessments that were never verified, and those that were, apart."""
    outcomes = Outcome.objects.filter(basis=Basis.VERIFIED, assessment_id__in=ids)
    verified = set(outcomes.values_list("assessment_id", flat=True))
    parted: defaultdict[tuple[Basis, ...], list[int]] = defaultdict(list)
    for pk in ids:
        both = (Basis.REPORTED, Basis.VERIFIED)
        parted[both if pk in verified else both[:1]].append(pk)
    return parted
