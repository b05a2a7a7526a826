"""Stored values judged in bulk."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from criteria.assessment import rejudge
from criteria.models import CriterionVerdict, Outcome
from tests.factories import (
    AssessmentFactory,
    CriterionFactory,
    MeasureFactory,
    ThresholdFactory,
    UnitFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db


def test_a_value_is_judged_by_the_threshold_of_its_region() -> None:
    measure = MeasureFactory()
    ThresholdFactory(measure=measure, value=45)
    regional = ThresholdFactory(measure=measure, value=41, region_code="TN")
    value = ValueFactory(measure=measure, number=Decimal("39.5"))
    rejudge([value.assessment_id])
    value.refresh_from_db()
    assert (value.verdict, value.threshold, value.distance) == (
        "not_met",
        regional,
        Decimal("-1.5"),
    )


def test_an_outcome_counts_the_verdicts_on_criteria() -> None:
    assessment = AssessmentFactory()
    for asked in (80, 95, None):
        measure = MeasureFactory(criterion=CriterionFactory())
        if asked:
            ThresholdFactory(measure=measure, value=asked)
        ValueFactory(assessment=assessment, measure=measure, number=90)
    MeasureFactory(criterion=CriterionFactory())
    rejudge([assessment.pk])
    outcome = Outcome.objects.get(assessment=assessment, basis="reported")
    assert (
        outcome.criteria_total,
        outcome.criteria_met,
        outcome.criteria_not_met,
        outcome.criteria_undetermined,
        outcome.criteria_missing,
    ) == (4, 1, 1, 1, 1)
    assert (outcome.measures_typed, outcome.measures_total) == (3, 4)
    assert not outcome.meets_all


def test_the_verified_outcome_rests_on_the_verified_number() -> None:
    measure = ThresholdFactory(value=80).measure
    value = ValueFactory(measure=measure, number=70, verified_number=85)
    rejudge([value.assessment_id], bases=["reported", "verified"])
    met = dict(Outcome.objects.values_list("basis", "criteria_met"))
    assert met == {"reported": 0, "verified": 1}


def test_judging_twice_gives_what_once_gives() -> None:
    value = ValueFactory(measure=ThresholdFactory().measure)
    rejudge([value.assessment_id])
    once = list(Outcome.objects.values()), list(CriterionVerdict.objects.values())
    rejudge([value.assessment_id])
    assert (list(Outcome.objects.values()), list(CriterionVerdict.objects.values())) == once


def test_judging_many_asks_as_little_as_judging_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    measure = ThresholdFactory().measure
    ids = [
        ValueFactory(assessment__unit=UnitFactory(), measure=measure).assessment_id
        for _ in range(31)
    ]
    with django_assert_num_queries(9):
        rejudge(ids[:1])
    with django_assert_num_queries(9):
        rejudge(ids[1:])


def test_a_value_left_out_where_the_law_allows_it_does_not_block() -> None:
    market = ThresholdFactory(measure=MeasureFactory(not_assessed_when="no market is planned"))
    value = ValueFactory(measure=market.measure, number=None, is_not_assessed=True)
    rejudge([value.assessment_id])
    value.refresh_from_db()
    assert (value.verdict, value.distance) == ("not_applicable", None)
    outcome = Outcome.objects.get(assessment=value.assessment_id)
    assert (outcome.measures_typed, outcome.criteria_missing) == (1, 0)


def test_an_override_is_read_from_the_set() -> None:
    measure = MeasureFactory()
    ThresholdFactory(measure=measure, value=98, region_code="TN")
    ThresholdFactory(measure=measure, value=95, region_code="TDMNPB")
    value = ValueFactory(measure=measure, number=96)
    value.assessment.criteria_set.region_override = {
        "use_region": "TDMNPB",
        "holders": [["poor"]],
        "legal_ref": "QĐ 0/QĐ-THỬ",
        "confidence": "read",
    }
    value.assessment.criteria_set.save()
    rejudge([value.assessment_id])
    value.refresh_from_db()
    assert value.verdict == "not_met"
    value.assessment.unit.designations.create(
        kind="poor", valid_from=date(2020, 1, 1), legal_ref="QĐ 0/QĐ-THỬ"
    )
    rejudge([value.assessment_id])
    value.refresh_from_db()
    assert value.verdict == "met"


def test_a_measure_that_was_amended_is_judged_as_it_was_on_the_day() -> None:
    measure = MeasureFactory(valid_to=date(2020, 6, 30))
    ThresholdFactory(measure=measure)
    value = ValueFactory(measure=measure, number=90)
    rejudge([value.assessment_id])
    assert Outcome.objects.get().measures_total == 0
    value.assessment.round.reference_date = date(2020, 6, 30)
    value.assessment.round.save()
    rejudge([value.assessment_id])
    assert (Outcome.objects.get().measures_total, Outcome.objects.get().criteria_met) == (1, 1)
