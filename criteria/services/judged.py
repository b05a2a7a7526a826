"""What is stored for one assessment, judged in memory: nothing is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from criteria.assessment import Judge, loaded_law_of, places_of
from criteria.assessment.open_rounds import parts_of
from criteria.models import IndicatorValue
from criteria.scoring.judging import judge_set
from criteria.scoring.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from criteria.models import Assessment, Measure
    from criteria.scoring.judgements import Judgement, SetJudgement
    from criteria.scoring.specs import SetSpec
    from criteria.scoring.thresholds import Place
    from criteria.scoring.verdicts import NotAssessed


@dataclass
class Judged:
    """The law for the commune on the round's day, its values by measure id, and the verdicts.

    `measures` are the rows of what is asked, by code.
    """

    assessment: Assessment
    spec: SetSpec
    measures: Mapping[str, Measure]
    place: Place
    values: dict[int, IndicatorValue] = field(default_factory=dict)

    @cached_property
    def judgement(self) -> SetJudgement:
        """Judge what stands; the first time it is asked for."""
        numbers = {pk: value.typed for pk, value in self.values.items()}
        return judge_set(self.spec, numbers, self.place)

    @property
    def missing(self) -> list[str]:
        """Return the codes of the measures for which something is still to type, in order."""
        return _missing(self.spec, self.judgement.measures)


def missing_in(assessments: Iterable[Assessment]) -> dict[int, list[str]]:
    """Return by id the codes of what is still to type in each; as often asked for one as for many.

    They come with their units, rounds and sets.
    """
    found: dict[int, list[str]] = {}
    for part in parts_of(assessments):
        round_ = part.assessments[0].round
        judge = Judge.in_round(round_, part.criteria_set)
        places = places_of([item.unit for item in part.assessments], round_.reference_date)
        typed: defaultdict[int, dict[int, Decimal | NotAssessed | None]] = defaultdict(dict)
        for value in IndicatorValue.objects.filter(assessment__in=part.assessments):
            typed[value.assessment_id][value.measure_id] = value.typed
        for item in part.assessments:
            verdicts = judge.judge(typed[item.pk], places[item.unit_id]).measures
            found[item.pk] = _missing(judge.spec, verdicts)
    return found


def _missing(spec: SetSpec, verdicts: Mapping[int, Judgement]) -> list[str]:
    return [
        measure.code for measure in spec.measures if verdicts[measure.id].verdict is Verdict.MISSING
    ]


def judge_stored(assessment: Assessment) -> Judged:
    """Load what stands for the assessment and what is asked; five queries."""
    loaded = loaded_law_of(assessment.round, assessment.criteria_set)
    place = places_of([assessment.unit], assessment.round.reference_date)[assessment.unit_id]
    values = assessment.values.select_related("updated_by", "late")
    standing = {value.measure_id: value for value in values}
    for measure in loaded.measures.values():
        if measure.pk in standing:
            standing[measure.pk].measure = measure
    return Judged(assessment, loaded.spec, loaded.measures, place, standing)
