"""A criteria set made ready for a place; it then judges communes such as that one, fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.scoring.alternatives import settle
from criteria.scoring.comparing import Step, step_of
from criteria.scoring.judgements import Judgement, SetJudgement
from criteria.scoring.verdicts import NotAssessed, Verdict, combine, combine_known

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from criteria.scoring.specs import CriterionSpec, IndicatorSpec, SetSpec
    from criteria.scoring.thresholds import Place, Rule

UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class IndicatorPlan:
    """An indicator with its steps; `is_open` when some wait for a fact that is not stated."""

    id: int
    steps: tuple[Step, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class CriterionPlan:
    """A criterion with the plans of its indicators."""

    id: int
    indicators: tuple[IndicatorPlan, ...]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps of a set for communes such as one place."""

    criteria: tuple[CriterionPlan, ...]
    is_complete: bool

    @property
    def rules(self) -> dict[int, Rule | None]:
        """Return the prevailing rule by measure id."""
        return {step.measure_id: step.rule for step in self._steps()}

    def judge(self, numbers: Mapping[int, Decimal | NotAssessed | None]) -> SetJudgement:
        """Judge a commune from what is typed by measure id; a missing key is nothing typed."""
        measures: dict[int, Judgement] = {}
        indicators: dict[int, Verdict] = {}
        criteria: dict[int, Verdict] = {}
        for criterion in self.criteria:
            verdicts = []
            for indicator in criterion.indicators:
                verdict = _judge_indicator(indicator, numbers, measures)
                indicators[indicator.id] = verdict
                verdicts.append(verdict)
            criteria[criterion.id] = combine_known(verdicts, is_complete=criterion.is_complete)
        return self._whole(measures, indicators, criteria)

    def _whole(
        self,
        measures: dict[int, Judgement],
        indicators: dict[int, Verdict],
        criteria: dict[int, Verdict],
    ) -> SetJudgement:
        found = set(criteria.values())
        all_hold = Verdict.MET in found and found <= {Verdict.MET, Verdict.NOT_APPLICABLE}
        return SetJudgement(
            measures=measures,
            indicators=indicators,
            criteria=criteria,
            meets_all=self.is_complete and all_hold,
            rests_on_unconfirmed=any(map(_is_unconfirmed, measures.values())),
            measures_typed=sum(1 for item in measures.values() if item[0] is not Verdict.MISSING),
            is_complete=self.is_complete,
            incomplete=self._incomplete(indicators),
        )

    def _incomplete(self, indicators: Mapping[int, Verdict]) -> frozenset[int]:
        """Return the criteria that would be met if what nobody could read were met too."""
        if self.is_complete:
            return frozenset()
        return frozenset(
            criterion.id
            for criterion in self.criteria
            if not criterion.is_complete
            and combine(indicators[item.id] for item in criterion.indicators)
            in {Verdict.MET, Verdict.NOT_APPLICABLE}
        )

    def _steps(self) -> list[Step]:
        return [
            step
            for criterion in self.criteria
            for indicator in criterion.indicators
            for step in indicator.steps
        ]


def plan_of(spec: SetSpec, place: Place) -> Plan:
    """Find, once for all communes such as `place`, by which rule each measure is judged."""
    seen = spec.seen_from(place)
    criteria = tuple(_criterion(item, seen) for item in spec.criteria)
    return Plan(criteria, spec.is_complete)


def _criterion(criterion: CriterionSpec, place: Place) -> CriterionPlan:
    indicators = tuple(_indicator(item, place) for item in criterion.indicators)
    return CriterionPlan(criterion.id, indicators, criterion.is_complete)


def _indicator(indicator: IndicatorSpec, place: Place) -> IndicatorPlan:
    steps = tuple(step_of(measure, place) for measure in indicator.measures)
    return IndicatorPlan(indicator.id, steps, any(step.open_condition for step in steps))


def _judge_indicator(
    indicator: IndicatorPlan,
    numbers: Mapping[int, Decimal | NotAssessed | None],
    measures: dict[int, Judgement],
) -> Verdict:
    for step in indicator.steps:
        pk = step.measure_id
        found = measures[pk] = step.judge(numbers.get(pk))
    if len(indicator.steps) == 1:
        return found.verdict
    if indicator.is_open:
        settled = list(settle(indicator.steps, measures))
        measures.update(zip([step.measure_id for step in indicator.steps], settled, strict=True))
    return combine([measures[step.measure_id].verdict for step in indicator.steps])


def _is_unconfirmed(judgement: Judgement) -> bool:
    rule = judgement.rule
    return rule is not None and rule.confidence == UNCONFIRMED
