"""Setting a province's levels: what is foreseen happens, and what is frozen stays."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from communes.models import AdministrativeUnit, StaleUnit
from criteria.assessment import rejudge
from criteria.models import (
    CommuneGroup,
    CriterionVerdict,
    IndicatorValue,
    Measure,
    ProvincialDecision,
    ReportingRound,
    Threshold,
)
from criteria.services.provincial import discard, enact, foresee_levels, objections
from criteria.services.provincial_levels import Law
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from tests.criteria.provincial.conftest import DAY, level, paper, reported
from tests.factories import (
    AssessmentFactory,
    DistrictFactory,
    MeasureFactory,
    ProvinceFactory,
    RoundFactory,
    ThresholdFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
Draft = Callable[..., ProvincialDecision]


def verdicts() -> dict[int, str]:
    rows = CriterionVerdict.objects.filter(outcome__basis="reported")
    return dict(rows.values_list("outcome__assessment", "verdict"))


def test_until_a_province_has_set_it_the_indicator_is_undetermined(
    delegated: Measure, law: Law
) -> None:
    reported(delegated, 70)
    assert set(verdicts().values()) == {"undetermined"}


def test_what_is_foreseen_is_what_then_happens(
    delegated: Measure, law: Law, draft: Draft, officer: User
) -> None:
    reported(delegated, 50, 70, 90)
    foreseen = foresee_levels(law, paper(), [level(delegated, "70")])
    assert (foreseen.total, foreseen.gained, foreseen.lost, foreseen.otherwise) == (3, 2, 0, 1)
    assert set(verdicts().values()) == {"undetermined"}
    before = verdicts()
    done = enact(draft().pk, [level(delegated, "70")], by=officer)
    after = verdicts()
    assert (done.gained, done.lost, done.otherwise) == (2, 0, 1)
    assert {pk for pk in before if before[pk] != after[pk]} == {
        item.assessment.pk for item in foreseen.changes
    }
    assert {item.assessment.pk: str(item.after) for item in foreseen.changes} == after
    value = IndicatorValue.objects.get(number=90)
    assert (value.verdict, value.distance) == ("met", Decimal(20))
    assert value.threshold is not None
    assert value.threshold.legal_ref == "Quyết định 1/QĐ-UBND ngày 01/05/2020"
    assert StaleUnit.objects.count() == 3


def test_a_second_decision_replaces_the_first_from_its_day_on(
    delegated: Measure, law: Law, draft: Draft, officer: User
) -> None:
    [assessment] = reported(delegated, 70)
    enact(draft().pk, [level(delegated, "60")], by=officer)
    later = date(2020, 9, 1)
    done = enact(draft("2/QĐ-UBND", later).pk, [level(delegated, "80")], by=officer)
    assert (done.total, done.lost) == (1, 1)
    assert verdicts()[assessment.pk] == "not_met"
    old, new = Threshold.objects.order_by("pk")
    assert (old.valid_from, old.valid_to) == (DAY, later - timedelta(days=1))
    assert (new.valid_from, new.valid_to) == (later, None)


def test_a_round_of_before_the_decision_keeps_its_law(
    delegated: Measure, law: Law, draft: Draft, officer: User
) -> None:
    early = RoundFactory(code="2020-Q1", reference_date=date(2020, 3, 31))
    [before] = reported(delegated, 70, round_=early)
    [after] = reported(delegated, 70)
    done = enact(draft().pk, [level(delegated)], by=officer)
    assert [item.assessment for item in done.changes] == [after]
    assert verdicts() == {before.pk: "undetermined", after.pk: "met"}
    rejudge([before.pk])
    assert verdicts()[before.pk] == "undetermined"


@pytest.mark.parametrize("status", ["closed", "published"])
def test_a_round_that_is_not_open_never_moves(
    delegated: Measure, law: Law, draft: Draft, officer: User, status: str
) -> None:
    [assessment] = reported(delegated, 70)
    ReportingRound.objects.update(status=status)
    done = enact(draft().pk, [level(delegated)], by=officer)
    assert (done.total, done.assessments) == (0, 0)
    assert verdicts() == {assessment.pk: "undetermined"}
    assert not StaleUnit.objects.exists()


def test_another_province_is_not_touched(
    delegated: Measure, law: Law, draft: Draft, officer: User
) -> None:
    there = DistrictFactory(code="700", parent=ProvinceFactory(code="64"))
    assessment = AssessmentFactory(unit=UnitFactory(parent=there))
    ValueFactory(assessment=assessment, measure=delegated)
    rejudge([assessment.pk])
    assert enact(draft().pk, [level(delegated)], by=officer).total == 0
    assert verdicts() == {assessment.pk: "undetermined"}


def test_a_level_for_a_group_is_for_its_communes_only(
    delegated: Measure, law: Law, draft: Draft, officer: User
) -> None:
    in_area, outside = reported(delegated, 60, 60)
    CommuneGroup.objects.create(unit=in_area.unit, group="II", valid_from=DAY)
    CommuneGroup.objects.create(unit=outside.unit, group="I", valid_from=DAY)
    levels = [level(delegated, "80"), level(delegated, "50", "II")]
    done = enact(draft().pk, levels, by=officer)
    assert (done.gained, done.otherwise) == (1, 1)
    assert verdicts() == {in_area.pk: "met", outside.pk: "not_met"}


def test_verified_outcomes_are_judged_anew_too(
    delegated: Measure, law: Law, draft: Draft, officer: User
) -> None:
    [assessment] = reported(delegated, 70)
    IndicatorValue.objects.update(verified_number=70)
    rejudge([assessment.pk], bases=["reported", "verified"])
    enact(draft().pk, [level(delegated)], by=officer)
    assert set(assessment.outcomes.values_list("basis", "criteria_met")) == {
        ("reported", 1),
        ("verified", 1),
    }


def test_an_invented_level_ends_when_the_province_decides(
    delegated: Measure, law: Law, draft: Draft, officer: User
) -> None:
    invented = ThresholdFactory(
        measure=delegated, value=75, province_code="62", is_demonstration=True
    )
    enact(draft().pk, [level(delegated, "60")], by=officer)
    invented.refresh_from_db()
    assert invented.is_demonstration
    assert invented.valid_to == DAY - timedelta(days=1)
    assert not Threshold.objects.get(decision__isnull=False).is_demonstration


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("101", "A percentage lies between 0 and 100; you typed 101."),
        ("-1", "A percentage lies between 0 and 100; you typed -1."),
        ("70", ""),
    ],
)
def test_a_number_that_cannot_stand_is_refused(
    delegated: Measure, law: Law, value: str, sentence: str
) -> None:
    found = objections(law, paper(), [level(delegated, value)])
    assert found.get(("2.1", ""), "") == sentence


@pytest.mark.parametrize(
    ("value", "is_refused"), [("79.9999", True), ("80", False), ("80.0001", False)]
)
def test_a_level_of_the_nation_may_be_raised_and_not_lowered(
    province: AdministrativeUnit, law: Law, value: str, is_refused: bool
) -> None:
    measure = MeasureFactory()
    ThresholdFactory(measure=measure, value=60)
    ThresholdFactory(measure=measure, value=80, region_code="TN")
    found = objections(Law.of(law.criteria_set, province), paper(), [level(measure, value)])
    sentence = "The law asks at least 80 here: a province may ask more, not less."
    assert list(found.values()) == ([sentence] if is_refused else [])


def test_what_the_law_neither_states_nor_leaves_to_provinces_cannot_be_set(
    province: AdministrativeUnit, law: Law
) -> None:
    measure = MeasureFactory()
    found = objections(Law.of(law.criteria_set, province), paper(), [level(measure)])
    assert list(found.values()) == [
        "The law does not leave this to the province, and its level is not known."
    ]


def test_two_decisions_cannot_set_the_same_from_the_same_day(
    delegated: Measure, law: Law, draft: Draft, officer: User, province: AdministrativeUnit
) -> None:
    enact(draft().pk, [level(delegated, "60")], by=officer)
    with pytest.raises(DomainError, match="from the same day on; only one of two can hold"):
        enact(draft("2/QĐ-UBND").pk, [level(delegated, "80")], by=officer)
    with pytest.raises(DomainError, match="an earlier day is not possible"):
        enact(draft("2/QĐ-UBND", date(2020, 5, 31)).pk, [level(delegated, "80")], by=officer)
    assert Threshold.objects.count() == 1


def test_the_same_decision_may_be_put_right(
    delegated: Measure, law: Law, draft: Draft, officer: User
) -> None:
    reported(delegated, 70)
    enact(draft().pk, [level(delegated, "60")], by=officer)
    done = enact(draft().pk, [level(delegated, "80")], by=officer)
    assert done.lost == 1
    assert Threshold.objects.get(valid_to__isnull=True).value == 80


def test_only_officers_of_the_whole_province_set_levels(
    delegated: Measure, law: Law, draft: Draft, verifier: User, administrator: User
) -> None:
    of_district = UserFactory(roles={"officer": DistrictFactory()})
    elsewhere = UserFactory(roles={"officer": ProvinceFactory(code="42")})
    for person in (verifier, administrator, of_district, elsewhere):
        with pytest.raises(DomainError, match="You may not set levels for this province"):
            enact(draft().pk, [level(delegated)], by=person)
        with pytest.raises(DomainError, match="You may not set levels for this province"):
            discard(draft().pk, by=person)
    assert not Threshold.objects.exists()


def test_levels_are_put_into_force_once(
    delegated: Measure, law: Law, draft: Draft, officer: User
) -> None:
    decision = draft()
    enact(decision.pk, [level(delegated)], by=officer)
    with pytest.raises(DomainError, match="in force already"):
        enact(decision.pk, [level(delegated)], by=officer)
    with pytest.raises(DomainError, match="it cannot be thrown away"):
        discard(decision.pk, by=officer)
    event = decision.events.get()
    assert (event.by, event.levels, event.gained) == (officer, 1, 0)


def test_foreseeing_asks_the_same_for_one_commune_and_for_many(
    delegated: Measure, law: Law, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reported(delegated, 70)
    with CaptureQueriesContext(connection) as for_one:
        foresee_levels(law, paper(), [level(delegated)])
    assert len(for_one) <= 8
    reported(delegated, *range(50, 80))
    with django_assert_num_queries(len(for_one)):
        foresee_levels(law, paper(), [level(delegated)])
