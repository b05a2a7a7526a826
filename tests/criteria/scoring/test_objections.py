"""What speaks against a threshold."""

from decimal import Decimal

import pytest

from criteria.scoring.objections import ambiguous_with, is_ambiguous, is_looser, undercut_by
from criteria.scoring.thresholds import Place, Rule
from tests.criteria.scoring.build import rule


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (rule(41), rule(42)),
        (rule(41, region_code="TN"), rule(41, region_code="TN")),
        (rule(41, from_year=2016, to_year=2018), rule(42, from_year=2018, to_year=2020)),
        (rule(36, designation="poor"), rule(38, designation="border")),
        (rule(36, province_code="62"), rule(36, province_code="62", is_exempt=True)),
    ],
)
def test_two_that_are_equally_specific_are_ambiguous(one: Rule, other: Rule) -> None:
    assert is_ambiguous(one, other)
    assert ambiguous_with(one, [rule(1, commune_group="1"), other]) is other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (rule(45), rule(41, region_code="TN")),
        (rule(41, region_code="TN"), rule(36, region_code="BTB")),
        (rule(41, from_year=2016, to_year=2017), rule(42, from_year=2018, to_year=2020)),
        (rule(36, designation="poor"), rule(36, designation="border")),
        (rule(36, province_code="62"), rule(36, province_code="64")),
        (rule(36, commune_group="1"), rule(36, commune_group="2")),
        (rule(36, designation="poor"), rule(38, designation="border", region_code="TN")),
    ],
)
def test_others_stand_beside_each_other(one: Rule, other: Rule) -> None:
    assert not is_ambiguous(one, other)
    assert ambiguous_with(one, [other]) is None


@pytest.mark.parametrize(
    ("comparator", "value", "looser"),
    [
        (">=", "39.9", True),
        (">=", "40", False),
        (">=", "40.1", False),
        ("<=", "39.9", False),
        ("<=", "40", False),
        ("<=", "40.1", True),
        ("=", "40", False),
        ("=", "41", True),
        (">=", None, True),
    ],
)
def test_what_asks_less_is_looser(comparator: str, value: str | None, looser: bool) -> None:
    number = None if value is None else Decimal(value)
    assert is_looser(comparator, number, than=Decimal(40)) is looser


def test_a_province_undercuts_the_level_of_its_region() -> None:
    nation, region = rule(45), rule(41, region_code="TN")
    own, other = rule(40, province_code="62"), rule(30, province_code="64")
    place = Place("TN", "62")
    assert undercut_by(own, [nation, region, own, other], ">=", place) is region
    assert undercut_by(rule(41, province_code="62"), [nation, region, own], ">=", place) is None
    assert undercut_by(own, [rule(None, region_code="TN"), own], ">=", place) is None
