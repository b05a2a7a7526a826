"""What the rules find: at the bound nothing, one step beyond it a warning."""

from __future__ import annotations

from decimal import Decimal

import pytest

from criteria.quality.finding import Standing, warnings_of
from criteria.quality.rules import shipped
from criteria.scoring.verdicts import NOT_ASSESSED, Typed

SET = "commune-2016-2020"


def value(
    code: str, number: Typed | str, *before: str, kind: str = "percent", verdict: str = "met"
) -> Standing:
    typed = Decimal(number) if isinstance(number, str) else number
    return Standing(code, kind, typed, verdict, [Decimal(text) for text in before])


def found(*values: Standing, in_set: str = SET) -> list[tuple[str, str]]:
    standing = {item.code: item for item in values}
    warned = warnings_of(shipped(), in_set, standing)
    return [(item.rule.code, item.code) for item in warned]


@pytest.mark.parametrize(
    ("number", "last", "is_odd"),
    [("75", "50", False), ("75.1", "50", True), ("24.9", "50", True), ("25", "50", False)],
)
def test_a_share_that_jumps_beyond_the_bound(number: str, last: str, *, is_odd: bool) -> None:
    assert bool(found(value("2.1", number, last))) is is_odd


@pytest.mark.parametrize(("number", "is_odd"), [("52", False), ("52.1", True), ("27", True)])
def test_an_income_that_jumps_in_percent_of_what_it_was(number: str, *, is_odd: bool) -> None:
    odd = found(value("10", number, "40", kind="amount"))
    assert (odd == [("jump-income", "10")]) is is_odd


def test_a_share_above_100() -> None:
    assert found(value("2.1", "100")) == []
    assert found(value("2.1", "100.5")) == [("above-100", "2.1")]


def test_a_part_that_is_greater_than_its_whole() -> None:
    assert found(value("17.1a", "60"), value("17.1b", "60")) == []
    assert found(value("17.1a", "60"), value("17.1b", "61")) == [("water-2016", "17.1b")]
    assert found(value("17.1a", "60"), value("17.1b", "61"), in_set="another") == []


def test_all_houses_solid_while_some_are_makeshift() -> None:
    makeshift = value("9.1", "3", kind="count", verdict="not_met")
    assert found(makeshift, value("9.2", "100")) == [("houses", "9.2")]
    assert found(makeshift, value("9.2", "99")) == []


def test_met_while_its_neighbour_is_not() -> None:
    poor = value("10", "20", kind="amount", verdict="not_met")
    assert found(poor, value("11", "4")) == [("poverty-and-income", "11")]
    assert found(poor, value("11", "40", verdict="not_met")) == []


def test_copied_for_three_rounds_running_but_not_two() -> None:
    assert found(value("15.1", "83.2", "83.2", "83.2")) == [("copied", "15.1")]
    assert found(value("15.1", "83.2", "83.2")) == []
    assert found(value("15.1", "83.2", "83.2", "83.1")) == []
    assert found(value("15.1", "100", "100", "100")) == [], "what is reached stays reached"


def test_what_is_left_out_or_empty_is_not_odd() -> None:
    assert found(value("2.1", NOT_ASSESSED, "50"), value("2.2", None, "50")) == []


def test_the_heavier_and_the_further_stand_first() -> None:
    odd = found(value("2.1", "10", "40"), value("2.2", "10", "90"), value("2.3", "101"))
    assert odd == [("above-100", "2.3"), ("jump-share", "2.2"), ("jump-share", "2.1")]


def test_every_shipped_rule_has_what_its_kind_needs() -> None:
    for rule in shipped():
        assert rule.kind == "identical" or rule.measures or rule.kinds, rule.code
        assert rule.bound is not None or rule.other or rule.rounds, rule.code
    assert len({rule.code for rule in shipped()}) == len(shipped()) >= 10
