"""Thresholds and distances in words."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils import translation

from communes.models import AdministrativeUnit
from criteria.models import Indicator, Measure
from criteria.presentation.wording import (
    PlaceNames,
    asked_text,
    field_text,
    name_in_sentence,
    number_text,
    verdict_text,
)
from criteria.scoring.judging import Judgement
from criteria.scoring.thresholds import Rule
from criteria.scoring.verdicts import Verdict

NAMES = PlaceNames(regions={"TN": "Tây Nguyên"}, provinces={"62": "Kon Tum"})


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def measure(kind: str = "percent", comparator: str = ">=", delegated: str = "") -> Measure:
    indicator = Indicator(delegated_to=delegated)
    return Measure(kind=kind, comparator=comparator, indicator=indicator)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule(1, None), "whole country"),
        (Rule(1, None, region_code="TN"), "Tây Nguyên"),
        (Rule(1, None, region_code="XX"), "XX"),
        (Rule(1, None, province_code="62", commune_group="II"), "Kon Tum, II"),
        (Rule(1, None, designation="coastal"), "coastal"),
        (Rule(1, None, region_code="TN", from_year=2020, to_year=2020), "Tây Nguyên, 2020"),
        (Rule(1, None, from_year=2018, to_year=2020), "2018–2020"),
        (Rule(1, None, from_year=2018), "from 2018 on"),
        (Rule(1, None, to_year=2018), "until 2018"),
    ],
)
def test_a_threshold_says_for_whom_it_is(rule: Rule, said: str) -> None:
    assert NAMES.origin_of(rule) == said


@pytest.mark.parametrize(
    ("asked_of", "rule", "said"),
    [
        (measure(), Rule(1, Decimal(41)), "at least 41"),
        (measure(comparator="<="), Rule(1, Decimal("21.8")), "at most 21.8"),
        (measure(kind="count", comparator="="), Rule(1, Decimal(0)), "exactly 0"),
        (measure(kind="yes_no", comparator="yes"), Rule(1, Decimal(1)), "must be yes"),
        (measure(), Rule(1, None), "the threshold is not known here"),
        (measure(), Rule(1, None, is_exempt=True), "nothing is asked here"),
        (measure(), None, "the threshold is not known here"),
        (
            measure(delegated="province"),
            None,
            "left to the province: Kon Tum has not set it",
        ),
        (measure(delegated="ministry"), None, "left to the ministry, which has not set it"),
    ],
)
def test_what_is_asked_is_said_or_why_nobody_can_say(
    asked_of: Measure, rule: Rule | None, said: str
) -> None:
    assert asked_text(asked_of, rule, "Kon Tum") == said


@pytest.mark.parametrize(
    ("comparator", "verdict", "distance", "said"),
    [
        (">=", Verdict.MET, "0.2", "0.2 to spare"),
        (">=", Verdict.NOT_MET, "-1.5", "1.5 short"),
        ("<=", Verdict.MET, "0.2", "0.2 to spare"),
        ("<=", Verdict.NOT_MET, "-5", "5 too much"),
        ("=", Verdict.NOT_MET, "-3", "3 too much"),
        (">=", Verdict.MET, "0", "just enough"),
        ("yes", Verdict.MET, None, ""),
        (">=", Verdict.MISSING, None, ""),
    ],
)
def test_the_distance_is_said_in_the_direction_that_matters(
    comparator: str, verdict: Verdict, distance: str | None, said: str
) -> None:
    judgement = Judgement(verdict, None, None if distance is None else Decimal(distance))
    assert verdict_text(measure(comparator=comparator), judgement) == said


def test_a_yes_is_read_as_a_word_and_typed_as_a_choice() -> None:
    assert (number_text("yes_no", Decimal(1)), field_text("yes_no", Decimal(1))) == ("yes", "1")
    assert (number_text("yes_no", Decimal(0)), field_text("yes_no", Decimal(0))) == ("no", "0")
    assert (number_text("percent", None), field_text("percent", None)) == ("–", "")


def test_a_number_stands_in_its_field_as_the_reader_writes_it() -> None:
    number = Decimal("1234.5000")
    assert field_text("amount", number) == "1,234.5"
    with translation.override("vi"):
        assert field_text("amount", number) == "1.234,5"


def test_inside_a_sentence_the_vietnamese_name_begins_small() -> None:
    unit = AdministrativeUnit(name="Xã Đoàn Kết", name_en="Doan Ket Commune")
    assert name_in_sentence(unit) == "Doan Ket Commune"
    with translation.override("vi"):
        assert name_in_sentence(unit) == "xã Đoàn Kết"
