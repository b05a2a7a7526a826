"""What one commune typed, value by value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from criteria.models import Measure, ReportingRound
from programme.dashboard import commune
from tests.factories import MeasureFactory, UnitFactory
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db


def test_every_measure_is_listed_and_what_was_not_typed_is_missing(now: ReportingRound) -> None:
    set_of(2)
    unit = UnitFactory()
    assess(unit, now, MET)
    found = commune.read(unit.code, now)
    assert found is not None
    assert [(item.verdict, item.typed[0].verdict) for item in found.criteria] == [
        ("met", "met"),
        ("missing", "missing"),
    ]
    assert (found.reported.criteria_met, found.reported.criteria_total) == (1, 2)
    assert found.criteria[1].typed[0].value is None


def test_a_value_that_was_verified_otherwise_says_so(now: ReportingRound) -> None:
    set_of(2)
    unit = UnitFactory()
    assess(unit, now, MET, MET, verified=[NOT_MET, MET])
    found = commune.read(unit.code, now)
    assert found is not None
    assert [item.typed[0].was_verified_otherwise for item in found.criteria] == [True, False]
    assert [item.verified for item in found.criteria] == ["not_met", "met"]


def test_a_measure_that_was_closed_before_the_day_is_not_asked_for(now: ReportingRound) -> None:
    set_of(1)
    (measure,) = Measure.objects.all()
    MeasureFactory(criterion=measure.indicator.criterion, code="old", valid_to=date(2020, 12, 30))
    unit = UnitFactory()
    assess(unit, now, Decimal(90))
    found = commune.read(unit.code, now)
    assert found is not None
    assert [typed.measure for item in found.criteria for typed in item.typed] == [measure]


def test_a_commune_that_was_not_asked_has_nothing(now: ReportingRound) -> None:
    assert commune.read(UnitFactory().code, now) is None
