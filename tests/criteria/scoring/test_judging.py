"""Values at the edge of a threshold, one step below, one above, and not typed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.scoring.judging import (
    CriterionSpec,
    IndicatorSpec,
    MeasureSpec,
    Reason,
    SetSpec,
    judge,
    judge_set,
)
from criteria.scoring.thresholds import Place, Rule
from criteria.scoring.verdicts import Verdict

HERE = Place(region_code="TN", year=2020)


def _measure(comparator: str, asked: str | None, pk: int = 1, **more: str) -> MeasureSpec:
    value = None if asked is None else Decimal(asked)
    rule = Rule(10 + pk, value, confidence=more.get("confidence", "read"))
    return MeasureSpec(pk, str(pk), "percent", comparator, more.get("delegated_to", ""), (rule,))


def _set(*measures: MeasureSpec, indicators_total: int = 1) -> SetSpec:
    indicators = tuple(IndicatorSpec(item.id, item.code, (item,)) for item in measures)
    criteria = tuple(CriterionSpec(item.id, item.code, (item,)) for item in indicators)
    return SetSpec(1, "invented", indicators_total, criteria)


@pytest.mark.parametrize(
    ("comparator", "asked", "typed", "verdict", "distance"),
    [
        (">=", "41", "40.9999", Verdict.NOT_MET, "-0.0001"),
        (">=", "41", "41", Verdict.MET, "0"),
        (">=", "41", "41.0001", Verdict.MET, "0.0001"),
        ("<=", "7", "6.9", Verdict.MET, "0.1"),
        ("<=", "7", "7", Verdict.MET, "0"),
        ("<=", "7", "7.1", Verdict.NOT_MET, "-0.1"),
        ("=", "0", "0", Verdict.MET, "0"),
        ("=", "0", "3", Verdict.NOT_MET, "-3"),
    ],
)
def test_a_number_against_a_threshold(
    comparator: str, asked: str, typed: str, verdict: Verdict, distance: str
) -> None:
    judged = judge(_measure(comparator, asked), Decimal(typed), HERE)
    assert (judged.verdict, judged.distance) == (verdict, Decimal(distance))
    assert judged.rule is not None
    assert judged.rule.value == Decimal(asked)


@pytest.mark.parametrize(("typed", "verdict"), [("1", Verdict.MET), ("0", Verdict.NOT_MET)])
def test_yes_is_asked_for(typed: str, verdict: Verdict) -> None:
    judged = judge(_measure("yes", "1"), Decimal(typed), HERE)
    assert (judged.verdict, judged.distance) == (verdict, None)


def test_nothing_typed_is_missing_not_failed() -> None:
    judged = judge(_measure(">=", "41"), None, HERE)
    assert (judged.verdict, judged.reason) == (Verdict.MISSING, Reason.NOTHING_TYPED)


def test_a_threshold_nobody_could_read_leaves_it_undetermined() -> None:
    judged = judge(_measure(">=", None), Decimal(99), HERE)
    assert (judged.verdict, judged.reason) == (Verdict.UNDETERMINED, Reason.THRESHOLD_UNKNOWN)


@pytest.mark.parametrize(
    ("delegated_to", "reason"),
    [
        ("province", Reason.PROVINCE_HAS_NOT_SET),
        ("ministry", Reason.MINISTRY_HAS_NOT_SET),
        ("", Reason.THRESHOLD_UNKNOWN),
    ],
)
def test_a_threshold_not_set_leaves_it_undetermined(delegated_to: str, reason: Reason) -> None:
    measure = replace(_measure(">=", "1"), rules=(), delegated_to=delegated_to)
    judged = judge(measure, Decimal(99), HERE)
    assert (judged.verdict, judged.reason) == (Verdict.UNDETERMINED, reason)


def test_an_unknown_comparator_is_a_mistake_not_a_verdict() -> None:
    with pytest.raises(ValueError, match="≈"):
        judge(_measure("≈", "1"), Decimal(1), HERE)


def test_both_parts_of_a_compound_indicator_must_hold() -> None:
    hygienic, clean = _measure(">=", "95", 1), _measure(">=", "50", 2)
    indicator = IndicatorSpec(7, "17.1", (hygienic, clean))
    spec = SetSpec(1, "invented", 1, (CriterionSpec(9, "17", (indicator,)),))
    judged = judge_set(spec, {1: Decimal(96), 2: Decimal(49)}, HERE)
    assert judged.indicators[7] is judged.criteria[9] is Verdict.NOT_MET


def test_an_incomplete_set_is_never_met() -> None:
    measure = _measure(">=", "1")
    met = {1: Decimal(2)}
    assert judge_set(_set(measure, indicators_total=1), met, HERE).meets_all
    assert not judge_set(_set(measure, indicators_total=2), met, HERE).meets_all


def test_a_verdict_on_unconfirmed_law_says_so() -> None:
    unconfirmed = _measure(">=", "1", confidence="unconfirmed")
    assert judge_set(_set(unconfirmed), {1: Decimal(2)}, HERE).rests_on_unconfirmed
    assert not judge_set(_set(_measure(">=", "1")), {1: Decimal(2)}, HERE).rests_on_unconfirmed


def test_only_what_the_set_asks_for_counts_as_typed() -> None:
    typed = {1: Decimal(2), 2: None, 99: Decimal(5)}
    assert (
        judge_set(_set(_measure(">=", "1"), _measure(">=", "1", 2)), typed, HERE).measures_typed
        == 1
    )


NUMBERS = st.decimals(0, 100, places=4)


@given(typed=NUMBERS, more=NUMBERS, asked=NUMBERS)
def test_more_never_scores_less(typed: Decimal, more: Decimal, asked: Decimal) -> None:
    measure = _measure(">=", str(asked))
    if judge(measure, typed, HERE).verdict is Verdict.MET:
        assert judge(measure, typed + more, HERE).verdict is Verdict.MET


@given(typed=NUMBERS, asked=NUMBERS, comparator=st.sampled_from([">=", "<=", "="]))
def test_the_sign_of_the_distance_agrees_with_the_verdict(
    typed: Decimal, asked: Decimal, comparator: str
) -> None:
    judged = judge(_measure(comparator, str(asked)), typed, HERE)
    assert judged.distance is not None
    assert (judged.verdict is Verdict.MET) == (judged.distance >= 0)
