"""Typing values: what is written, judged and marked, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from communes.models import StaleUnit
from criteria.models import (
    Assessment,
    IndicatorValue,
    Measure,
    Outcome,
    ReportingRound,
    ValueChange,
)
from criteria.services import (
    Entry,
    ValueConflict,
    confirm_carried,
    save_value,
    save_values,
    verify,
)
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from tests.factories import (
    AssessmentFactory,
    MeasureFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db


def type_in(assessment: Assessment, code: str, number: object, by: User, seen: int | None) -> None:
    typed = None if number is None else Decimal(str(number))
    save_value(assessment.pk, code, typed, seen_version=seen, by=by)


def refusal(assessment: Assessment, code: str, number: object, by: User) -> DomainError:
    with pytest.raises(DomainError) as refused:
        type_in(assessment, code, number, by, None)
    return refused.value


def test_a_saved_value_is_judged_recorded_and_marked_stale_at_once(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    type_in(assessment, "5", "79.5", officer, None)
    value = IndicatorValue.objects.get(assessment=assessment, measure=measure)
    assert (value.number, value.version, value.updated_by) == (Decimal("79.5"), 1, officer)
    assert (value.verdict, value.distance) == ("not_met", Decimal("-0.5"))
    change = ValueChange.objects.get(value=value)
    assert (change.old_number, change.new_number) == (None, Decimal("79.5"))
    assert (change.by, change.channel, change.version) == (officer, "form", 1)
    assert Outcome.objects.get(assessment=assessment, basis="reported").criteria_not_met == 1
    mark = StaleUnit.objects.get()
    assert (mark.unit_id, mark.since) == (assessment.unit_id, date(2020, 12, 31))
    assessment.refresh_from_db()
    assert assessment.version == 1


def test_a_refused_value_leaves_nothing_behind(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    refusal(assessment, "5", 140, officer)
    assert not IndicatorValue.objects.exists()
    assert not StaleUnit.objects.exists()


@pytest.mark.parametrize(
    ("kind", "comparator", "number", "said"),
    [
        ("percent", ">=", "-0.0001", "0"),
        ("percent", ">=", "100.0001", "100"),
        ("percent", ">=", "NaN", "not a number"),
        ("percent", ">=", "Infinity", "not a number"),
        ("count", "=", "1.5", "whole"),
        ("count", "=", "-1", "below 0"),
        ("amount", ">=", "-0.1", "below 0"),
        ("amount", ">=", "1e30", "too large"),
        ("amount", ">=", "100000000000000", "too large"),
        ("amount", ">=", "1.00001", "4 digits"),
        ("yes_no", "yes", "2", "yes or no"),
    ],
)
def test_a_number_outside_its_range_is_refused_with_what_is_allowed(
    assessment: Assessment, officer: User, kind: str, comparator: str, number: str, said: str
) -> None:
    measure = MeasureFactory(kind=kind, comparator=comparator)
    refused = refusal(assessment, measure.code, number, officer)
    assert refused.code == "out-of-range"
    assert said in str(refused)


@pytest.mark.parametrize(
    ("kind", "comparator", "number"),
    [
        ("percent", ">=", "0"),
        ("percent", ">=", "100"),
        ("count", "=", "0"),
        ("amount", ">=", "99999999999999"),
        ("amount", ">=", "0.0001"),
        ("yes_no", "yes", "1"),
    ],
)
def test_a_number_at_the_edge_of_its_range_is_saved(
    assessment: Assessment, officer: User, kind: str, comparator: str, number: str
) -> None:
    measure = MeasureFactory(kind=kind, comparator=comparator)
    type_in(assessment, measure.code, number, officer, None)
    assert IndicatorValue.objects.get(measure=measure).number == Decimal(number)


def test_an_indicator_not_in_the_set_is_refused_by_name(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    refused = refusal(assessment, "99.9", 1, officer)
    assert refused.code == "unknown-measure"
    assert "99.9" in str(refused)


def test_a_measure_that_an_amendment_closed_is_no_longer_asked(
    assessment: Assessment, officer: User
) -> None:
    measure = MeasureFactory(valid_to=date(2020, 12, 30))
    assert refusal(assessment, measure.code, 1, officer).code == "unknown-measure"


@pytest.mark.parametrize(
    ("status", "code"), [("closed", "late-reason-required"), ("published", "round-published")]
)
def test_nothing_is_typed_in_a_round_that_is_not_open(
    measure: Measure, officer: User, status: str, code: str
) -> None:
    round_ = RoundFactory(code="2020-Q3", reference_date=date(2020, 9, 30), status=status)
    refused = refusal(AssessmentFactory(round=round_), "5", 90, officer)
    assert refused.code == code
    assert "2020-Q3" in str(refused)


def test_a_unit_abolished_before_the_rounds_day_is_refused_naming_its_last_day(
    measure: Measure, officer: User
) -> None:
    unit = UnitFactory(valid_to=date(2020, 12, 30))
    refused = refusal(AssessmentFactory(unit=unit), "5", 90, officer)
    assert refused.code == "unit-abolished"
    assert "30 Dec 2020" in str(refused)


def test_a_unit_is_typed_for_on_its_last_day(measure: Measure, officer: User) -> None:
    unit = UnitFactory(valid_to=date(2020, 12, 31))
    type_in(AssessmentFactory(unit=unit), "5", 90, officer, None)
    assert IndicatorValue.objects.count() == 1


def test_a_unit_that_begins_after_the_rounds_day_is_refused(
    measure: Measure, officer: User
) -> None:
    unit = UnitFactory(valid_from=date(2021, 1, 1))
    assert refusal(AssessmentFactory(unit=unit), "5", 90, officer).code == "unit-not-yet"


def test_nobody_types_for_a_unit_outside_her_area(
    assessment: Assessment, measure: Measure, verifier: User
) -> None:
    stranger = UserFactory(roles={"officer": UnitFactory(code="30000", path="/VN/01/001/30000/")})
    assert refusal(assessment, "5", 90, stranger).code == "not-allowed"
    assert refusal(assessment, "5", 90, verifier).code == "not-allowed"


def test_nothing_is_typed_while_it_is_reviewed(measure: Measure, officer: User) -> None:
    assessment = AssessmentFactory(status="submitted")
    assert refusal(assessment, "5", 90, officer).code == "under-review"


def test_a_verified_assessment_that_changes_is_a_draft_again_and_the_event_says_why(
    measure: Measure, officer: User, verifier: User
) -> None:
    assessment = AssessmentFactory(status="submitted", submitted_by=officer)
    ValueFactory(assessment=assessment, measure=measure, number=90)
    verify(assessment.pk, by=verifier)
    type_in(assessment, "5", 70, officer, 1)
    assessment.refresh_from_db()
    assert assessment.status == "draft"
    event = assessment.events.last()
    assert event is not None
    assert (event.by, event.from_status, event.to_status) == (officer, "verified", "draft")
    assert "5" in event.reason
    value = assessment.values.get()
    assert (value.number, value.verified_number) == (Decimal(70), Decimal(90))
    verified = Outcome.objects.get(assessment=assessment, basis="verified")
    assert verified.criteria_met == 1


def test_a_returned_assessment_stays_returned_while_it_is_mended(
    measure: Measure, officer: User
) -> None:
    assessment = AssessmentFactory(status="returned")
    type_in(assessment, "5", 90, officer, None)
    assessment.refresh_from_db()
    assert assessment.status == "returned"


def test_an_older_form_conflicts_and_carries_both_values(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    other = UserFactory()
    ValueFactory(assessment=assessment, measure=measure, number=81, version=2, updated_by=other)
    with pytest.raises(ValueConflict) as conflict:
        type_in(assessment, "5", 82, officer, 1)
    assert (conflict.value.theirs.number, conflict.value.mine) == (Decimal(81), Decimal(82))
    assert conflict.value.theirs.updated_by == other
    assert assessment.values.get().number == 81


def test_a_value_never_seen_conflicts_with_the_one_that_appeared(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    ValueFactory(assessment=assessment, measure=measure, number=81)
    assert refusal(assessment, "5", 82, officer).code == "conflict"


def test_the_same_number_typed_by_two_people_is_no_conflict(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    ValueFactory(assessment=assessment, measure=measure, number=81, version=2)
    type_in(assessment, "5", 81, officer, 1)
    assert not ValueChange.objects.exists()


def test_an_unchanged_value_writes_nothing(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    ValueFactory(assessment=assessment, measure=measure, number=81)
    type_in(assessment, "5", "81.0", officer, 1)
    assert not ValueChange.objects.exists()
    assert not StaleUnit.objects.exists()


def test_a_carried_value_typed_again_is_confirmed_by_her(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    ValueFactory(assessment=assessment, measure=measure, number=81, is_carried=True)
    type_in(assessment, "5", 81, officer, 1)
    value = assessment.values.get()
    assert (value.is_carried, value.version, value.updated_by) == (False, 2, officer)
    assert value.changes.get().by == officer


def test_all_carried_values_are_confirmed_together(assessment: Assessment, officer: User) -> None:
    for carried in (True, True, False):
        ValueFactory(assessment=assessment, number=81, is_carried=carried)
    assert confirm_carried(assessment.pk, by=officer) == 2
    assert not assessment.values.filter(is_carried=True).exists()
    assert ValueChange.objects.count() == 2
    assert confirm_carried(assessment.pk, by=officer) == 0


def test_a_value_taken_away_is_missing_and_its_former_number_is_kept(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    ValueFactory(assessment=assessment, measure=measure, number=81)
    type_in(assessment, "5", None, officer, 1)
    value = assessment.values.get()
    assert (value.number, value.verdict) == (None, "missing")
    assert value.changes.get().old_number == 81


def test_nothing_typed_where_nothing_stood_writes_nothing(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    type_in(assessment, "5", None, officer, None)
    assert not IndicatorValue.objects.exists()


def test_of_many_values_each_that_holds_is_saved(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    other = MeasureFactory()
    entries = [Entry("5", Decimal(140)), Entry(other.code, Decimal(60)), Entry("x", Decimal(1))]
    saved = save_values(assessment.pk, entries, by=officer)
    assert saved.accepted == {other.code}
    assert {code: error.code for code, error in saved.refused.items()} == {
        "5": "out-of-range",
        "x": "unknown-measure",
    }
    assert assessment.values.get().measure == other


def test_thirty_values_take_as_many_queries_as_one(
    assessment: Assessment, officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    measures = [MeasureFactory() for _ in range(31)]
    officer = User.objects.get(pk=officer.pk)
    with django_assert_num_queries(16):
        save_values(assessment.pk, [Entry(measures[0].code, Decimal(1))], by=officer)
    officer = User.objects.get(pk=officer.pk)
    entries = [Entry(measure.code, Decimal(1)) for measure in measures[1:]]
    with django_assert_num_queries(16):
        save_values(assessment.pk, entries, by=officer)
    assert assessment.values.count() == 31


def test_a_round_keeps_its_values_apart_from_those_of_another(
    measure: Measure, officer: User
) -> None:
    earlier = RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30))
    unit = UnitFactory()
    before = AssessmentFactory(unit=unit, round=earlier)
    ValueFactory(assessment=before, measure=measure, number=81)
    assessment = AssessmentFactory(unit=unit)
    type_in(assessment, "5", 82, officer, None)
    assert before.values.get().number == 81
    assert ReportingRound.objects.count() == 2
