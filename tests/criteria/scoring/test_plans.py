"""What is not asked, left out, unknown or incomplete, and whose thresholds apply."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from criteria.scoring.conditions import Condition
from criteria.scoring.judgements import Reason
from criteria.scoring.judging import judge, judge_set
from criteria.scoring.plans import plan_of
from criteria.scoring.specs import MeasureSpec, RegionOverride
from criteria.scoring.thresholds import Place, Rule
from criteria.scoring.verdicts import NOT_ASSESSED, Verdict
from tests.criteria.scoring.build import HERE, alone, criterion, indicator, measure, rule, set_of

MET, NOT_MET, MISSING, UNDETERMINED, NOT_APPLICABLE = Verdict
MORE = measure(3, rule(70), condition=Condition("schools", ">", Decimal(3)))
FEWER = measure(4, rule(50), condition=Condition("schools", "<=", Decimal(3)))


def _with_schools(count: int) -> Place:
    return replace(HERE, facts=frozenset({("schools", Decimal(count))}))


@pytest.mark.parametrize("typed", [None, Decimal(0), Decimal(100), NOT_ASSESSED])
def test_where_the_law_asks_nothing_nothing_applies(typed: Decimal | None) -> None:
    exempt = rule(None, 2, region_code="TN", is_exempt=True)
    part = measure(1, rule(100, region_code="DBSH"), exempt)
    judged = judge(part, typed, HERE)
    assert (judged.verdict, judged.reason) == (NOT_APPLICABLE, Reason.DOES_NOT_APPLY)
    assert judged.rule is exempt


def test_what_may_be_left_out_does_not_block() -> None:
    market = measure(1, rule(1), comparator="yes", may_be_left_out=True)
    spec = set_of(
        criterion(7, indicator(7, market)), criterion(8, indicator(8, measure(2, rule(1))))
    )
    judged = judge_set(spec, {1: NOT_ASSESSED, 2: Decimal(1)}, HERE)
    assert (judged.criteria[7], judged.meets_all) == (NOT_APPLICABLE, True)
    assert judged.measures[1].reason is Reason.NOT_ASSESSED
    assert judged.measures_typed == 2


def test_what_may_not_be_left_out_is_missing() -> None:
    judged = judge(measure(1, rule(1), comparator="yes"), NOT_ASSESSED, HERE)
    assert (judged.verdict, judged.reason) == (MISSING, Reason.NOTHING_TYPED)


@pytest.mark.parametrize(
    "stated",
    [
        rule(70, region_code="TN"),
        rule(70, commune_group="2"),
        rule(70, from_year=2022),
        rule(70, province_code="62"),
    ],
)
def test_a_fact_nobody_knows_leaves_it_undetermined(stated: Rule) -> None:
    judged = judge(measure(1, stated), Decimal(99), Place())
    assert (judged.verdict, judged.reason) == (UNDETERMINED, Reason.FACT_UNKNOWN)


def test_another_regions_threshold_is_no_threshold_here() -> None:
    judged = judge(measure(1, rule(70, region_code="DBSH")), Decimal(99), HERE)
    assert judged.reason is Reason.THRESHOLD_UNKNOWN


@pytest.mark.parametrize(
    ("designations", "asked"),
    [
        ({"especially_disadvantaged"}, 95),
        ({"safe_zone", "poor", "border"}, 95),
        ({"safe_zone"}, 98),
        ({"poor"}, 98),
        (set(), 98),
    ],
)
def test_an_override_puts_another_region_in_its_place(designations: set[str], asked: int) -> None:
    override = RegionOverride(
        "TDMNPB",
        (frozenset({"especially_disadvantaged"}), frozenset({"safe_zone", "poor"})),
    )
    share = measure(1, rule(98, 1, region_code="TN"), rule(95, 2, region_code="TDMNPB"))
    place = replace(HERE, designations=frozenset(designations))
    found = plan_of(alone(share, region_override=override), place).rules[1]
    assert found is not None
    assert found.value == asked


def test_a_provinces_own_level_prevails_over_an_override() -> None:
    override = RegionOverride("TDMNPB", (frozenset({"poor"}),))
    share = measure(1, rule(97, 1, province_code="62"), rule(95, 2, region_code="TDMNPB"))
    place = replace(HERE, designations=frozenset({"poor"}))
    found = plan_of(alone(share, region_override=override), place).rules[1]
    assert found is share.rules[0]


@pytest.mark.parametrize(("count", "applies", "not_asked"), [(4, MORE, FEWER), (3, FEWER, MORE)])
def test_a_known_fact_says_which_part_is_asked(
    count: int, applies: MeasureSpec, not_asked: MeasureSpec
) -> None:
    judged = judge_set(alone(MORE, FEWER), {}, _with_schools(count))
    assert judged.measures[applies.id].verdict is MISSING
    assert judged.measures[not_asked.id].verdict is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ({3: 70}, MET),
        ({3: 69}, NOT_MET),
        ({4: 50}, MET),
        ({4: 49}, NOT_MET),
        ({}, MISSING),
        ({3: 70, 4: 50}, MET),
        ({3: 69, 4: 49}, NOT_MET),
        ({3: 69, 4: 50}, UNDETERMINED),
    ],
)
def test_what_is_typed_states_a_fact_nobody_knows(typed: dict[int, int], verdict: Verdict) -> None:
    numbers = {pk: Decimal(number) for pk, number in typed.items()}
    assert judge_set(alone(MORE, FEWER), numbers, HERE).indicators[1] is verdict


def test_a_part_said_not_to_apply_leaves_the_other_to_be_typed() -> None:
    judged = judge_set(alone(MORE, FEWER), {3: NOT_ASSESSED}, HERE)
    assert judged.measures[3].verdict is NOT_APPLICABLE
    assert judged.indicators[1] is MISSING


@pytest.mark.parametrize(("typed", "verdict"), [(90, UNDETERMINED), (70, NOT_MET), (None, MISSING)])
def test_a_criterion_with_unknown_members_is_never_met(typed: int | None, verdict: Verdict) -> None:
    known = indicator(1, measure(1, rule(80)))
    spec = set_of(criterion(1, known, is_complete=False), criterion(2, is_complete=False))
    numbers = {1: None if typed is None else Decimal(typed)}
    judged = judge_set(spec, numbers, HERE)
    assert judged.criteria == {1: verdict, 2: UNDETERMINED}
    assert judged.verdict is verdict
    assert not judged.meets_all
    assert judged.reason_for(2) is Reason.INCOMPLETE
    assert (judged.reason_for(1) is Reason.INCOMPLETE) == (verdict is UNDETERMINED)


def test_a_set_of_which_nothing_is_known_is_undetermined() -> None:
    judged = judge_set(set_of(indicators_total=None), {}, HERE)
    assert (judged.verdict, judged.meets_all) == (UNDETERMINED, False)


def test_an_amended_measure_is_judged_in_the_version_of_the_day() -> None:
    share = measure(1, rule(50), valid_to=date(2024, 2, 29))
    answer = measure(2, rule(1), comparator="yes", valid_from=date(2024, 3, 1))
    spec = alone(share, answer)
    assert [item.id for item in spec.on(date(2024, 2, 29)).measures] == [1]
    assert [item.id for item in spec.on(date(2024, 3, 1)).measures] == [2]
