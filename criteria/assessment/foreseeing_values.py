"""What typed values would make of verdicts: worked out, nothing written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.assessment.foreseeing import Change, Effects, numbers_of
from criteria.assessment.judge import Judge
from criteria.assessment.open_rounds import BATCH, parts_of
from criteria.assessment.places import places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from criteria.models import Assessment
    from criteria.scoring.judgements import SetJudgement
    from criteria.scoring.verdicts import Typed


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Judgements by assessment id, as they are and as they would be, and what differs."""

    before: Mapping[int, SetJudgement]
    after: Mapping[int, SetJudgement]
    effects: Effects


def foresee_values(
    assessments: Iterable[Assessment], typed: Mapping[int, Mapping[int, Typed]]
) -> Foreseen:
    """Judge the assessments with `typed`, by assessment and measure id, over what stands.

    The assessments come with their unit, round and set; the queries do not grow with them.
    """
    found = list(assessments)
    before: dict[int, SetJudgement] = {}
    after: dict[int, SetJudgement] = {}
    changes: list[Change] = []
    for part in parts_of(found):
        judge = Judge.of(part.criteria_set, part.day)
        measures = {measure.id for measure in judge.spec.measures}
        places = places_of([item.unit for item in part.assessments], part.day)
        for start in range(0, len(part.assessments), BATCH):
            batch = part.assessments[start : start + BATCH]
            numbers = numbers_of([item.pk for item in batch], measures)
            for item in batch:
                place, standing = places[item.unit_id], numbers[item.pk]
                before[item.pk] = judge.judge(standing, place)
                after[item.pk] = judge.judge({**standing, **typed.get(item.pk, {})}, place)
                changes += _differing(item, before[item.pk], after[item.pk], judge)
    return Foreseen(before, after, Effects(tuple(changes), len(found)))


def _differing(
    item: Assessment, before: SetJudgement, after: SetJudgement, judge: Judge
) -> Iterator[Change]:
    for criterion in judge.spec.criteria:
        pair = before.criteria[criterion.id], after.criteria[criterion.id]
        if pair[0] is not pair[1]:
            yield Change(item, criterion.code, *pair)
