"""Values against thresholds: measures, then indicators, criteria and the whole set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from criteria.scoring.thresholds import Place, Rule, prevailing
from criteria.scoring.verdicts import Verdict, combine

UNCONFIRMED = "unconfirmed"


class Reason(StrEnum):
    """Why a verdict could not be reached."""

    NONE = ""
    NOTHING_TYPED = "nothing_typed"
    PROVINCE_HAS_NOT_SET = "province_has_not_set"
    MINISTRY_HAS_NOT_SET = "ministry_has_not_set"
    THRESHOLD_UNKNOWN = "threshold_unknown"


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """What is typed, how it is compared, and the thresholds there are for it."""

    id: int
    code: str
    kind: str
    comparator: str
    delegated_to: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class IndicatorSpec:
    """An indicator and what is measured for it."""

    id: int
    code: str
    measures: tuple[MeasureSpec, ...]


@dataclass(frozen=True, slots=True)
class CriterionSpec:
    """A criterion and its indicators."""

    id: int
    code: str
    indicators: tuple[IndicatorSpec, ...]


@dataclass(frozen=True, slots=True)
class SetSpec:
    """A criteria set; complete when it holds every indicator that the law counts."""

    id: int
    code: str
    indicators_total: int
    criteria: tuple[CriterionSpec, ...]

    @property
    def measures(self) -> tuple[MeasureSpec, ...]:
        """Return everything that is typed for this set, in order."""
        return tuple(
            measure
            for criterion in self.criteria
            for indicator in criterion.indicators
            for measure in indicator.measures
        )

    @property
    def is_complete(self) -> bool:
        """Tell whether the set holds as many indicators as the law counts."""
        return sum(len(item.indicators) for item in self.criteria) >= self.indicators_total


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one measure, the rule it rests on, and the distance to it.

    `distance` is positive when the value is better than asked, in the measure's own unit.
    """

    verdict: Verdict
    rule: Rule | None = None
    distance: Decimal | None = None
    reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True)
class SetJudgement:
    """The verdicts on everything in a set, by the id of the thing judged."""

    measures: Mapping[int, Judgement]
    indicators: Mapping[int, Verdict]
    criteria: Mapping[int, Verdict]
    meets_all: bool
    rests_on_unconfirmed: bool
    measures_typed: int

    def count(self, verdict: Verdict) -> int:
        """Return how many criteria have this verdict."""
        return sum(1 for found in self.criteria.values() if found is verdict)


def judge(measure: MeasureSpec, number: Decimal | None, place: Place) -> Judgement:
    """Judge one number; what was not typed, and what the law has not settled, is not failed."""
    return _compare(measure, number, prevailing(measure.rules, place))


def judge_set(spec: SetSpec, numbers: Mapping[int, Decimal | None], place: Place) -> SetJudgement:
    """Judge everything in a set from numbers by measure id; a missing key is nothing typed."""
    rules = {measure.id: prevailing(measure.rules, place) for measure in spec.measures}
    return judge_by_rules(spec, numbers, rules)


def judge_by_rules(
    spec: SetSpec, numbers: Mapping[int, Decimal | None], rules: Mapping[int, Rule | None]
) -> SetJudgement:
    """Judge as `judge_set` does, the prevailing rules found once for many communes."""
    measures: dict[int, Judgement] = {}
    indicators: dict[int, Verdict] = {}
    criteria: dict[int, Verdict] = {}
    for criterion in spec.criteria:
        for indicator in criterion.indicators:
            for measure in indicator.measures:
                number = numbers.get(measure.id)
                measures[measure.id] = _compare(measure, number, rules[measure.id])
            indicators[indicator.id] = combine(
                measures[measure.id].verdict for measure in indicator.measures
            )
        criteria[criterion.id] = combine(indicators[item.id] for item in criterion.indicators)
    return SetJudgement(
        measures=measures,
        indicators=indicators,
        criteria=criteria,
        meets_all=spec.is_complete and _all_hold(criteria.values()),
        rests_on_unconfirmed=any(map(_is_unconfirmed, measures.values())),
        measures_typed=sum(1 for measure in measures if numbers.get(measure) is not None),
    )


def _all_hold(verdicts: Iterable[Verdict]) -> bool:
    found = set(verdicts)
    return Verdict.MET in found and found <= {Verdict.MET, Verdict.NOT_APPLICABLE}


def _is_unconfirmed(judgement: Judgement) -> bool:
    return judgement.rule is not None and judgement.rule.confidence == UNCONFIRMED


def _compare(measure: MeasureSpec, number: Decimal | None, rule: Rule | None) -> Judgement:
    if number is None:
        return Judgement(Verdict.MISSING, rule, reason=Reason.NOTHING_TYPED)
    if rule is None:
        return Judgement(Verdict.UNDETERMINED, reason=_why_no_rule(measure))
    if rule.value is None:
        return Judgement(Verdict.UNDETERMINED, rule, reason=Reason.THRESHOLD_UNKNOWN)
    holds, distance = _measured(measure.comparator, number, rule.value)
    return Judgement(Verdict.MET if holds else Verdict.NOT_MET, rule, distance)


def _why_no_rule(measure: MeasureSpec) -> Reason:
    return {
        "province": Reason.PROVINCE_HAS_NOT_SET,
        "ministry": Reason.MINISTRY_HAS_NOT_SET,
    }.get(measure.delegated_to, Reason.THRESHOLD_UNKNOWN)


def _measured(comparator: str, number: Decimal, asked: Decimal) -> tuple[bool, Decimal | None]:
    match comparator:
        case ">=":
            return number >= asked, number - asked
        case "<=":
            return number <= asked, asked - number
        case "=":
            return number == asked, -abs(number - asked)
        case "yes":
            return number == asked, None
    raise ValueError(comparator)
