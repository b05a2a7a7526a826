"""A measure made ready for a place: its rule is found once, then numbers are only compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.scoring.judgements import Judgement, Reason
from criteria.scoring.thresholds import prevailing
from criteria.scoring.verdicts import NotAssessed, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from criteria.scoring.conditions import Condition
    from criteria.scoring.specs import MeasureSpec
    from criteria.scoring.thresholds import Place, Rule

MET, NOT_MET = Verdict.MET, Verdict.NOT_MET
WHO_HAS_NOT_SET = {
    "province": Reason.PROVINCE_HAS_NOT_SET,
    "ministry": Reason.MINISTRY_HAS_NOT_SET,
}


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of a measure here: where nothing is typed, where it is left out, and else.

    `open_condition` is the condition on a fact that nobody has stated for this commune.
    """

    measure_id: int
    rule: Rule | None
    missing: Judgement
    left_out: Judgement
    compare: Callable[[Decimal], Judgement]
    open_condition: Condition | None = None

    def judge(self, typed: Decimal | NotAssessed | None) -> Judgement:
        """Judge what was typed, or that nothing was."""
        if typed is None:
            return self.missing
        return self.left_out if isinstance(typed, NotAssessed) else self.compare(typed)


def step_of(measure: MeasureSpec, place: Place) -> Step:
    """Return what becomes of `measure` for communes such as `place`."""
    rule = prevailing(measure.rules, place)
    holds = measure.condition.holds(place.facts) if measure.condition else True
    if holds is False or (rule and rule.is_exempt):
        return _not_asked(measure.id, rule)
    missing = Judgement(Verdict.MISSING, rule, reason=Reason.NOTHING_TYPED)
    may_be_left_out = measure.may_be_left_out or holds is None
    not_assessed = Judgement(Verdict.NOT_APPLICABLE, rule, reason=Reason.NOT_ASSESSED)
    return Step(
        measure_id=measure.id,
        rule=rule,
        missing=missing,
        left_out=not_assessed if may_be_left_out else missing,
        compare=_comparison(measure, rule, place),
        open_condition=measure.condition if holds is None else None,
    )


def _not_asked(measure_id: int, rule: Rule | None) -> Step:
    judgement = Judgement(Verdict.NOT_APPLICABLE, rule, reason=Reason.DOES_NOT_APPLY)
    return Step(measure_id, rule, judgement, judgement, lambda _number: judgement)


def _comparison(
    measure: MeasureSpec, rule: Rule | None, place: Place
) -> Callable[[Decimal], Judgement]:
    if rule is None or rule.value is None:
        reason = Reason.THRESHOLD_UNKNOWN if rule else _why_no_rule(measure, place)
        unsettled = Judgement(Verdict.UNDETERMINED, rule, reason=reason)
        return lambda _number: unsettled
    if measure.comparator == "yes":
        return _answer(rule, rule.value)
    return _number(measure.comparator, rule, rule.value)


def _why_no_rule(measure: MeasureSpec, place: Place) -> Reason:
    if any(rule.may_apply_to(place) for rule in measure.rules):
        return Reason.FACT_UNKNOWN
    return WHO_HAS_NOT_SET.get(measure.delegated_to, Reason.THRESHOLD_UNKNOWN)


def _answer(rule: Rule, asked: Decimal) -> Callable[[Decimal], Judgement]:
    yes, no = Judgement(MET, rule), Judgement(NOT_MET, rule)
    return lambda number: yes if number == asked else no


def _number(comparator: str, rule: Rule, asked: Decimal) -> Callable[[Decimal], Judgement]:
    def at_least(number: Decimal) -> Judgement:
        return Judgement(MET if number >= asked else NOT_MET, rule, number - asked)

    def at_most(number: Decimal) -> Judgement:
        return Judgement(MET if number <= asked else NOT_MET, rule, asked - number)

    def exactly(number: Decimal) -> Judgement:
        return Judgement(MET if number == asked else NOT_MET, rule, -abs(number - asked))

    ways = {">=": at_least, "<=": at_most, "=": exactly}
    if comparator not in ways:
        raise ValueError(comparator)
    return ways[comparator]
