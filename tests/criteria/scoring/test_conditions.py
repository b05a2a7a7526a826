"""Conditions on facts of a commune."""

from decimal import Decimal

import pytest

from criteria.scoring.conditions import Condition

MORE_THAN_3 = Condition("schools", ">", Decimal(3))
AT_MOST_3 = Condition("schools", "<=", Decimal(3))


def _schools(count: int) -> frozenset[tuple[str, Decimal]]:
    return frozenset({("schools", Decimal(count)), ("villages", Decimal(9))})


@pytest.mark.parametrize(("count", "holds"), [(2, False), (3, False), (4, True)])
def test_a_condition_holds_by_the_fact_it_names(count: int, holds: bool) -> None:
    assert MORE_THAN_3.holds(_schools(count)) is holds
    assert AT_MOST_3.holds(_schools(count)) is not holds


def test_an_unknown_fact_leaves_it_open() -> None:
    assert MORE_THAN_3.holds(frozenset({("villages", Decimal(9))})) is None
    assert Condition(text="commune has a harbour").holds(_schools(4)) is None


@pytest.mark.parametrize(
    ("one", "other", "exclude"),
    [
        (MORE_THAN_3, AT_MOST_3, True),
        (MORE_THAN_3, Condition("schools", ">", Decimal(10)), False),
        (MORE_THAN_3, Condition("schools", "<", Decimal(4)), False),  # 3.5 fulfils both
        (MORE_THAN_3, Condition("schools", ">=", Decimal(3)), False),
        (AT_MOST_3, Condition("schools", "=", Decimal(3)), False),
        (AT_MOST_3, Condition("schools", "=", Decimal(4)), True),
        (MORE_THAN_3, Condition("villages", "<=", Decimal(3)), False),
        (Condition(text="more than 3 schools"), Condition(text="3 schools or fewer"), True),
        (Condition(text="more than 3 schools"), MORE_THAN_3, False),
    ],
)
def test_two_conditions_exclude_each_other(one: Condition, other: Condition, exclude: bool) -> None:
    assert one.excludes(other) is other.excludes(one) is exclude
    assert not one.excludes(one)
