"""A province with communes that report 70 % for what the law leaves to it."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from communes.models import AdministrativeUnit
from criteria.assessment import rejudge
from criteria.models import Assessment, Measure, ProvincialDecision, ReportingRound
from criteria.services.provincial_levels import Law, Level, Paper
from tests.factories import (
    AssessmentFactory,
    CriteriaSetFactory,
    CriterionFactory,
    MeasureFactory,
    ProvinceFactory,
    RoundFactory,
    ValueFactory,
)

DAY = date(2020, 6, 1)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def province() -> AdministrativeUnit:
    return ProvinceFactory()


@pytest.fixture
def delegated() -> Measure:
    """A percentage, at least, whose level the law leaves to the province."""
    measure = MeasureFactory(criterion=CriterionFactory(code="2"), code="2.1")
    measure.indicator.delegated_to = "province"
    measure.indicator.save()
    return measure


@pytest.fixture
def law(delegated: Measure, province: AdministrativeUnit) -> Law:
    return Law.of(CriteriaSetFactory(), province)


def reported(
    measure: Measure, *numbers: int, round_: ReportingRound | None = None
) -> list[Assessment]:
    """Return one judged assessment for each number."""
    found: list[Assessment] = []
    for number in numbers:
        assessment = AssessmentFactory(round=round_ or RoundFactory())
        ValueFactory(assessment=assessment, measure=measure, number=Decimal(number))
        found.append(assessment)
    rejudge([item.pk for item in found])
    return found


def level(measure: Measure, value: str = "70", group: str = "") -> Level:
    return Level(measure, group, Decimal(value))


def paper(number: str = "1/QĐ-UBND", valid_from: date = DAY) -> Paper:
    return Paper(number, date(2020, 5, 1), valid_from)


@pytest.fixture
def draft(province: AdministrativeUnit, law: Law) -> Callable[..., ProvincialDecision]:
    """Return a function that keeps a draft of a decision."""

    def made(number: str = "1/QĐ-UBND", valid_from: date = DAY) -> ProvincialDecision:
        return ProvincialDecision.objects.create(
            province=province,
            criteria_set=law.criteria_set,
            number=number,
            decided_on=date(2020, 5, 1),
            valid_from=valid_from,
        )

    return made
