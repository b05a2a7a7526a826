"""What is stored for one assessment, judged in memory: nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.assessment import law_of, places_of
from criteria.scoring.judging import judge_set
from criteria.scoring.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from criteria.models import Assessment, IndicatorValue
    from criteria.scoring.judgements import SetJudgement
    from criteria.scoring.specs import SetSpec
    from criteria.scoring.thresholds import Place


@dataclass(frozen=True, slots=True)
class Judged:
    """The law for the commune on the round's day, its values by measure id, and the verdicts."""

    spec: SetSpec
    place: Place
    values: Mapping[int, IndicatorValue]
    judgement: SetJudgement

    @property
    def missing(self) -> list[str]:
        """Return the codes of the measures for which something is still to type, in order."""
        verdicts = self.judgement.measures
        return [
            measure.code
            for measure in self.spec.measures
            if verdicts[measure.id].verdict is Verdict.MISSING
        ]


def judge_stored(assessment: Assessment) -> Judged:
    """Judge what stands for the assessment; seven queries."""
    day = assessment.round.reference_date
    spec = law_of(assessment.round, assessment.criteria_set)
    place = places_of([assessment.unit], day)[assessment.unit_id]
    values = {value.measure_id: value for value in assessment.values.select_related("updated_by")}
    numbers = {pk: value.typed for pk, value in values.items()}
    return Judged(spec, place, values, judge_set(spec, numbers, place))
