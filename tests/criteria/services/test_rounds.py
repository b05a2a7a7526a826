"""Opening, closing, publishing and reopening rounds."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from communes.models import StaleUnit, Succession
from criteria.models import Assessment, ReportingRound, RoundEvent, ValueChange
from criteria.services import close_round, open_round, publish_round, reopen_round, rounds
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from tests.factories import (
    AssessmentFactory,
    CriteriaSetFactory,
    MeasureFactory,
    RoundFactory,
    ThresholdFactory,
    UnitFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
DATES: dict[str, Any] = {
    "reference_date": date(2020, 12, 31),
    "opens_on": date(2020, 12, 1),
    "due_on": date(2021, 1, 15),
}


@pytest.fixture
def earlier() -> ReportingRound:
    return RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30))


def test_every_commune_on_the_map_of_the_day_gets_a_draft(administrator: User) -> None:
    CriteriaSetFactory()
    there = UnitFactory()
    UnitFactory(kind="ward")
    UnitFactory(valid_to=date(2020, 12, 30))
    UnitFactory(valid_from=date(2021, 1, 1))
    round_ = open_round("2020-Q4", **DATES, by=administrator)
    assessment = Assessment.objects.get()
    assert (assessment.unit, assessment.round, assessment.status) == (there, round_, "draft")
    event = assessment.events.get()
    assert (event.by, event.from_status, event.to_status) == (administrator, "", "draft")
    assert RoundEvent.objects.get().to_status == "open"
    assert StaleUnit.objects.get().unit == there


def test_values_are_carried_marked_and_judged_by_the_levels_of_the_new_day(
    administrator: User, officer: User, earlier: ReportingRound
) -> None:
    measure = MeasureFactory()
    ThresholdFactory(measure=measure, value=50, to_year=2019)
    ThresholdFactory(measure=measure, value=80, from_year=2020)
    before = AssessmentFactory(round=earlier)
    old = ValueFactory(assessment=before, measure=measure, number=60, verdict="met", version=4)
    old.updated_by = officer
    old.save()
    ValueFactory(assessment=before, number=None)
    open_round("2020-Q4", **DATES, by=administrator)
    assessment = Assessment.objects.get(round__code="2020-Q4")
    value = assessment.values.get()
    assert (value.number, value.is_carried, value.version) == (Decimal(60), True, 1)
    assert (value.verdict, value.distance) == ("not_met", Decimal(-20))
    assert (value.updated_by, value.updated_at) == (officer, old.updated_at)
    assert value.verified_number is None
    assert "2020-Q2" in assessment.events.get().reason
    assert not ValueChange.objects.exists()
    outcome = assessment.outcomes.get(basis="reported")
    assert (outcome.measures_typed, outcome.measures_total) == (1, 2)


def test_the_latest_values_of_each_unit_are_carried(
    administrator: User, earlier: ReportingRound
) -> None:
    first = RoundFactory(code="2019-Q4", reference_date=date(2019, 12, 31))
    measure = MeasureFactory()
    seldom, often = UnitFactory(), UnitFactory()
    for unit, round_, number in ((seldom, first, 10), (often, first, 20), (often, earlier, 30)):
        assessment = AssessmentFactory(unit=unit, round=round_)
        ValueFactory(assessment=assessment, measure=measure, number=number)
    open_round("2020-Q4", **DATES, by=administrator)
    made = Assessment.objects.filter(round__code="2020-Q4")
    assert dict(made.values_list("unit", "values__number")) == {seldom.pk: 10, often.pk: 30}


@pytest.mark.parametrize(("kind", "carried"), [("rename", 1), ("transfer", 1), ("merge", 0)])
def test_a_renamed_unit_takes_its_values_along_and_a_merged_one_starts_empty(
    administrator: User, earlier: ReportingRound, kind: str, carried: int
) -> None:
    old = UnitFactory(valid_to=date(2020, 9, 30))
    new = UnitFactory(valid_from=date(2020, 10, 1))
    Succession.objects.create(
        predecessor=old, successor=new, kind=kind, effective_date=date(2020, 10, 1)
    )
    ValueFactory(assessment=AssessmentFactory(unit=old, round=earlier))
    open_round("2020-Q4", **DATES, by=administrator)
    assert Assessment.objects.get(round__code="2020-Q4").values.count() == carried


def test_opening_takes_as_many_queries_for_thirty_communes_as_for_one(
    administrator: User, earlier: ReportingRound, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    measure = MeasureFactory()
    assert administrator.scope.administers
    ValueFactory(assessment=AssessmentFactory(round=earlier), measure=measure)
    with django_assert_num_queries(27):
        open_round("2020-Q3", **DATES | {"reference_date": date(2020, 9, 30)}, by=administrator)
    for _ in range(29):
        ValueFactory(assessment=AssessmentFactory(round=earlier), measure=measure)
    with django_assert_num_queries(27):
        open_round("2020-Q4", **DATES, by=administrator)
    assert Assessment.objects.filter(round__code="2020-Q4", values__is_carried=True).count() == 30


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"due_on": date(2020, 11, 30)}, "bad-dates"),
        ({"reference_date": date(2020, 6, 30)}, "round-exists"),
        ({"reference_date": date(2015, 6, 30)}, "no-set"),
    ],
)
def test_a_round_that_makes_no_sense_is_not_opened(
    administrator: User, earlier: ReportingRound, given: dict[str, date], code: str
) -> None:
    CriteriaSetFactory()
    with pytest.raises(DomainError) as refused:
        open_round("2020-Q4", **DATES | given, by=administrator)
    assert refused.value.code == code
    assert ReportingRound.objects.get() == earlier


def test_a_round_goes_from_open_to_closed_to_published_and_back(administrator: User) -> None:
    round_ = RoundFactory()
    AssessmentFactory(round=round_)
    close_round(round_.pk, by=administrator)
    assert publish_round(round_.pk, by=administrator).is_frozen
    assert reopen_round(round_.pk, by=administrator, reason="Sai số liệu").is_open
    steps = round_.events.values_list("from_status", "to_status", "reason")
    assert list(steps) == [
        ("open", "closed", ""),
        ("closed", "published", ""),
        ("published", "open", "Sai số liệu"),
    ]
    assert StaleUnit.objects.count() == 1


def test_a_round_is_not_published_while_figures_are_owed(administrator: User) -> None:
    round_ = RoundFactory(status="closed")
    StaleUnit.objects.create(unit=UnitFactory(), since=round_.reference_date)
    with pytest.raises(DomainError) as refused:
        publish_round(round_.pk, by=administrator)
    assert refused.value.code == "figures-pending"


def test_of_two_who_open_a_round_at_once_one_is_told_so(
    administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    CriteriaSetFactory()
    RoundFactory()
    # She looked before the other one had written.
    monkeypatch.setattr(rounds, "_refuse_bad_dates", lambda *_dates: None)
    with pytest.raises(DomainError, match="There is a round with this code") as refused:
        open_round("2020-Q4", **DATES, by=administrator)
    assert refused.value.code == "round-exists"


def test_only_the_next_step_is_possible(administrator: User) -> None:
    round_ = RoundFactory()
    with pytest.raises(DomainError, match="closed round"):
        publish_round(round_.pk, by=administrator)
    with pytest.raises(DomainError, match="open already"):
        reopen_round(round_.pk, by=administrator, reason="x")
    close_round(round_.pk, by=administrator)
    with pytest.raises(DomainError, match="open round"):
        close_round(round_.pk, by=administrator)
    with pytest.raises(DomainError, match="Say why"):
        reopen_round(round_.pk, by=administrator, reason=" ")


def test_only_administrators_run_rounds(officer: User, verifier: User) -> None:
    round_ = RoundFactory()
    for person in (officer, verifier):
        with pytest.raises(DomainError) as refused:
            close_round(round_.pk, by=person)
        assert refused.value.code == "not-allowed"
        with pytest.raises(DomainError) as refused:
            open_round("x", **DATES, by=person)
        assert refused.value.code == "not-allowed"
