"""The chain of thresholds that were considered."""

from decimal import Decimal

from criteria.models import Indicator, Measure
from criteria.presentation.levels import levels_of
from criteria.presentation.wording import PlaceNames
from criteria.scoring.thresholds import Place, Rule

NAMES = PlaceNames(regions={"TN": "Tây Nguyên"}, provinces={"62": "Kon Tum"})
PLACE = Place(region_code="TN", province_code="62", year=2020)
NATIONAL = Rule(1, Decimal(45))
REGIONAL = Rule(2, Decimal(41), region_code="TN")
OTHER = Rule(3, Decimal(50), region_code="DBSH")
OWN = Rule(4, Decimal(39), province_code="62")


def measure(delegated: str = "") -> Measure:
    indicator = Indicator(delegated_to=delegated)
    return Measure(kind="amount", comparator=">=", indicator=indicator)


def test_the_prevailing_threshold_comes_first_and_others_follow() -> None:
    chain = levels_of(measure(), [NATIONAL, OTHER, REGIONAL], PLACE, NAMES)
    assert [level.rule for level in chain] == [REGIONAL, NATIONAL]
    assert [level.is_prevailing for level in chain] == [True, False]


def test_a_province_that_has_not_set_its_level_is_named_first() -> None:
    chain = levels_of(measure("province"), [NATIONAL], PLACE, NAMES)
    assert (chain[0].origin, chain[0].rule) == ("Kon Tum", None)
    assert chain[1].is_prevailing


def test_a_province_that_has_set_its_level_prevails() -> None:
    chain = levels_of(measure("province"), [NATIONAL, OWN], PLACE, NAMES)
    assert [level.rule for level in chain] == [OWN, NATIONAL]


def test_where_nothing_is_known_the_chain_says_so() -> None:
    (only,) = levels_of(measure(), [], PLACE, NAMES)
    assert only.rule is None
    assert only.asks
