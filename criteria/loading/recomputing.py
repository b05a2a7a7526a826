"""Assessments judged anew after the law changed; published rounds never move."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from communes.services import mark_stale
from criteria.assessment import rejudge
from criteria.models import Assessment, Outcome, ReportingRound
from criteria.models.assessments import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BATCH = 500  # assessments at a time: some 25,000 values in memory


def judge_anew(set_code: str) -> int:
    """Judge every assessment by this set in the rounds that may still move; return how many.

    The caller holds the transaction. A verified outcome is judged anew where there is one.
    """
    rounds = ReportingRound.objects.not_frozen().select_for_update().order_by("reference_date")
    judged = 0
    for round_ in rounds:
        found = Assessment.objects.filter(round=round_, criteria_set__code=set_code)
        units = dict(found.values_list("pk", "unit_id"))
        for bases, ids in _by_bases(list(units)).items():
            for batch in _batches(ids):
                rejudge(batch, bases=bases)
        if units:
            mark_stale(units.values(), since=round_.reference_date)
        judged += len(units)
    return judged


def _by_bases(ids: Sequence[int]) -> dict[tuple[Basis, ...], list[int]]:
    """Return the assessments that were never verified, and those that were, apart."""
    outcomes = Outcome.objects.filter(basis=Basis.VERIFIED)
    verified = set(outcomes.values_list("assessment_id", flat=True))
    parted: defaultdict[tuple[Basis, ...], list[int]] = defaultdict(list)
    for pk in ids:
        bases = (Basis.REPORTED, Basis.VERIFIED) if pk in verified else (Basis.REPORTED,)
        parted[bases].append(pk)
    return parted


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
