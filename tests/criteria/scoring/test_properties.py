"""Properties of judging, tried on sets, places and numbers that chance makes."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from criteria.scoring.conditions import Condition
from criteria.scoring.judging import judge_set
from criteria.scoring.objections import is_ambiguous
from criteria.scoring.specs import MeasureSpec, RegionOverride, SetSpec
from criteria.scoring.thresholds import Place, Rule, considered, prevailing
from criteria.scoring.verdicts import Verdict
from tests.criteria.scoring.build import criterion, indicator, measure, set_of

if TYPE_CHECKING:
    from criteria.scoring.judgements import SetJudgement

T = TypeVar("T")
RANK = {
    Verdict.NOT_MET: 0,
    Verdict.MISSING: 1,
    Verdict.UNDETERMINED: 2,
    Verdict.MET: 3,
    Verdict.NOT_APPLICABLE: 3,
}
LEVELS = st.integers(0, 4).map(Decimal)  # few, so that edges are hit often
REGIONS, PROVINCES, GROUPS = ["", "TN", "DBSH"], ["", "62", "01"], ["", "1", "2"]
DESIGNATIONS = ["", "poor", "border"]
FACT = Condition("schools", ">", Decimal(3)), Condition("schools", "<=", Decimal(3))

PLACES = st.builds(
    Place,
    region_code=st.sampled_from(REGIONS),
    province_code=st.sampled_from(PROVINCES),
    designations=st.frozensets(st.sampled_from(DESIGNATIONS[1:])),
    commune_group=st.sampled_from(GROUPS),
    year=st.integers(2020, 2022),
    facts=st.frozensets(st.tuples(st.just("schools"), LEVELS), max_size=1),
)


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Draw thresholds among which nothing is ambiguous."""
    found: list[Rule] = []
    for pk in range(draw(st.integers(0, 5))):
        first, last = sorted((draw(st.integers(2020, 2022)), draw(st.integers(2020, 2022))))
        from_year, to_year = draw(st.sampled_from([(0, 9999), (first, last)]))
        value = draw(st.one_of(st.none(), LEVELS))
        new = Rule(
            id=pk,
            value=value,
            region_code=draw(st.sampled_from(REGIONS)),
            province_code=draw(st.sampled_from(PROVINCES)),
            designation=draw(st.sampled_from(DESIGNATIONS)),
            commune_group=draw(st.sampled_from(GROUPS)),
            from_year=from_year,
            to_year=to_year,
            confidence=draw(st.sampled_from(["read", "unconfirmed"])),
            is_exempt=value is None and draw(st.booleans()),
        )
        if not any(is_ambiguous(new, other) for other in found):
            found.append(new)
    return tuple(found)


@st.composite
def sets(draw: st.DrawFn) -> SetSpec:
    """Draw a set of one to three criteria; in some, two parts exclude each other."""
    pks = iter(range(1, 100))
    criteria = []
    for pk in range(draw(st.integers(1, 3))):
        indicators = []
        for _ in range(draw(st.integers(1, 3))):
            parts = [_measure(draw, next(pks)) for _ in range(draw(st.integers(1, 2)))]
            if draw(st.booleans()):
                parts += [replace(_measure(draw, next(pks)), condition=fact) for fact in FACT]
            indicators.append(indicator(next(pks), *parts))
        criteria.append(criterion(pk, *indicators, is_complete=draw(st.booleans())))
    override = RegionOverride("DBSH", (frozenset({"poor"}),))
    return set_of(*criteria, region_override=draw(st.sampled_from([None, override])))


def _measure(draw: st.DrawFn, pk: int) -> MeasureSpec:
    comparator = draw(st.sampled_from([">=", "<=", "=", "yes"]))
    return measure(pk, *draw(rules()), comparator=comparator)


def typed_for(draw: st.DrawFn, spec: SetSpec) -> dict[int, Decimal | None]:
    """Draw numbers; of two parts that exclude each other at most one is typed."""
    numbers = {item.id: draw(st.one_of(st.none(), LEVELS)) for item in spec.measures}
    for item in spec.indicators:
        conditional = [part.id for part in item.measures if part.condition]
        for pk in conditional[draw(st.sampled_from([0, 1])) :][:1] if conditional else []:
            numbers[pk] = None
    return numbers


@st.composite
def cases(draw: st.DrawFn) -> tuple[SetSpec, dict[int, Decimal | None], Place]:
    """Draw a set, what is typed, and a place."""
    spec = draw(sets())
    return spec, typed_for(draw, spec), draw(PLACES)


def _verdicts(judged: SetJudgement) -> list[Verdict]:
    measures = [item.verdict for item in judged.measures.values()]
    return [*measures, *judged.indicators.values(), *judged.criteria.values(), judged.verdict]


def _better(item: MeasureSpec, number: Decimal, asked: Decimal, by: Decimal) -> Decimal:
    match item.comparator:
        case ">=":
            return number + by
        case "<=":
            return number - by
    return asked  # exactly what is asked for


@given(case=cases(), by=LEVELS, data=st.data())
def test_a_better_value_never_gives_a_worse_verdict(
    case: tuple[SetSpec, dict[int, Decimal | None], Place], by: Decimal, data: st.DataObject
) -> None:
    spec, numbers, place = case
    before = judge_set(spec, numbers, place)
    item = data.draw(st.sampled_from(spec.measures))
    number, rule = numbers[item.id], before.measures[item.id].rule
    if number is None or rule is None or rule.value is None:
        return
    better = numbers | {item.id: _better(item, number, rule.value, by)}
    after = judge_set(spec, better, place)
    for old, new in zip(_verdicts(before), _verdicts(after), strict=True):
        assert RANK[new] >= RANK[old]


@given(case=cases())
def test_leaving_out_a_value_never_gives_met(
    case: tuple[SetSpec, dict[int, Decimal | None], Place],
) -> None:
    spec, numbers, place = case
    whole = judge_set(spec, numbers, place)
    for outer in spec.criteria:
        for inner in outer.indicators:
            for item in inner.measures:
                if whole.measures[item.id].verdict is Verdict.NOT_APPLICABLE:
                    continue  # nothing is asked
                without = judge_set(spec, numbers | {item.id: None}, place)
                assert without.indicators[inner.id] is not Verdict.MET
                assert without.criteria[outer.id] is not Verdict.MET
                assert not without.meets_all
                assert without.verdict is not Verdict.MET


@given(stated=rules(), place=PLACES)
def test_a_more_specific_threshold_always_prevails(stated: tuple[Rule, ...], place: Place) -> None:
    found = prevailing(stated, place)
    applicable = [item for item in stated if item.applies_to(place)]
    assert (found is None) == (not applicable)
    assert all(found.specificity >= item.specificity for item in applicable if found)
    most = Rule(
        99,
        Decimal(1),
        region_code=place.region_code,
        province_code=place.province_code,
        designation=min(place.designations, default=""),
        commune_group=place.commune_group,
        from_year=place.year,
        to_year=place.year,
    )
    if not any(is_ambiguous(most, item) for item in stated):
        assert prevailing((*stated, most), place) in {
            most,
            *(item for item in applicable if item.specificity > most.specificity),
        }


@given(case=cases(), seed=st.integers())
def test_the_order_of_input_never_matters(
    case: tuple[SetSpec, dict[int, Decimal | None], Place], seed: int
) -> None:
    spec, numbers, place = case
    chance = random.Random(seed)  # noqa: S311  no secret is made of it
    shuffled = replace(
        spec,
        criteria=tuple(
            replace(
                outer,
                indicators=tuple(
                    replace(
                        inner,
                        measures=tuple(
                            replace(item, rules=_mixed(chance, item.rules))
                            for item in _mixed(chance, inner.measures)
                        ),
                    )
                    for inner in _mixed(chance, outer.indicators)
                ),
            )
            for outer in _mixed(chance, spec.criteria)
        ),
    )
    mixed = dict(_mixed(chance, tuple(numbers.items())))
    assert judge_set(shuffled, mixed, place) == judge_set(spec, numbers, place)


@given(stated=rules(), place=PLACES, seed=st.integers())
def test_the_order_of_thresholds_never_matters(
    stated: tuple[Rule, ...], place: Place, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret is made of it
    assert considered(_mixed(chance, stated), place) == considered(stated, place)


def _mixed(chance: random.Random, things: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(chance.sample(things, len(things)))
