"""Which threshold prevails."""

from decimal import Decimal
from itertools import permutations

import pytest

from criteria.scoring.thresholds import Place, Rule, considered, prevailing

NATION = Rule(1, Decimal(45))
YEAR = Rule(2, Decimal(44), from_year=2020, to_year=2020)
REGION = Rule(3, Decimal(41), region_code="TN")
GROUP = Rule(4, Decimal(40), commune_group="3")
PROVINCE = Rule(5, Decimal(39), province_code="62")
DESIGNATION = Rule(6, Decimal(36), designation="poor")
KON_TUM = Place("TN", "62", frozenset({"poor"}), "3", 2020)


def test_the_order_of_specificity_is_that_of_the_table() -> None:
    expected = [DESIGNATION, PROVINCE, GROUP, REGION, YEAR, NATION]
    for shuffled in permutations(expected):
        assert considered(shuffled, KON_TUM) == expected


@pytest.mark.parametrize(
    ("place", "rule"),
    [
        (Place("TN", "64", year=2019), REGION),
        (Place("DBSH", "01", year=2019), NATION),
        (Place("DBSH", "01", year=2020), YEAR),
        (Place("DBSH", "62", year=2019), PROVINCE),
        (Place("DBSH", "01", frozenset({"poor", "border"})), DESIGNATION),
    ],
)
def test_a_rule_for_somebody_else_is_not_considered(place: Place, rule: Rule) -> None:
    assert prevailing([NATION, YEAR, REGION, GROUP, PROVINCE, DESIGNATION], place) is rule


def test_a_rule_that_names_two_axes_beats_one_that_names_the_first() -> None:
    both = Rule(7, Decimal(38), province_code="62", commune_group="3")
    assert prevailing([PROVINCE, both], KON_TUM) is both


def test_nothing_stated_is_no_rule() -> None:
    assert prevailing([], KON_TUM) is None
