"""Values of many communes at once: all or nothing, each judged, none over one unseen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communes.models import StaleUnit
from criteria.models import Assessment, AssessmentEvent, IndicatorValue, Measure, ValueChange
from criteria.services import BulkRefused, Entry, save_many, submit, verify
from ntm_portal.accounts.models import User
from tests.factories import AssessmentFactory, ProvinceFactory, RoundFactory, UnitFactory

pytestmark = pytest.mark.django_db


def typed(
    *assessments: Assessment, number: str = "90", seen: int | None = None
) -> dict[int, list[Entry]]:
    return {item.pk: [Entry("5", Decimal(number), seen)] for item in assessments}


def refused(entries: dict[int, list[Entry]], by: User) -> list[tuple[int, str, str]]:
    with pytest.raises(BulkRefused) as raised:
        save_many(entries, by=by, channel="excel")
    return [(item.assessment_id, item.code, item.error.code) for item in raised.value.refusals]


def test_every_value_is_written_judged_recorded_and_marked(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    other = AssessmentFactory()
    saved = save_many(typed(assessment, other), by=officer, channel="excel")
    assert (saved.values, saved.assessments) == (2, 2)
    values = IndicatorValue.objects.order_by("assessment_id")
    assert [(item.number, item.verdict, item.version) for item in values] == [
        (Decimal(90), "met", 1)
    ] * 2
    assert set(ValueChange.objects.values_list("channel", "by")) == {("excel", officer.pk)}
    assert set(StaleUnit.objects.values_list("unit", flat=True)) == {
        assessment.unit_id,
        other.unit_id,
    }
    assert set(Assessment.objects.values_list("version", flat=True)) == {1}


def test_the_same_entries_a_second_time_change_nothing(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    save_many(typed(assessment), by=officer, channel="excel")
    again = save_many(typed(assessment), by=officer, channel="excel")
    assert (again.values, again.assessments) == (0, 0)
    assert ValueChange.objects.count() == 1


def test_one_refusal_keeps_everything_back_and_all_are_named(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    other = AssessmentFactory()
    entries = typed(assessment)
    entries[other.pk] = [Entry("5", Decimal(140)), Entry("99", Decimal(1))]
    assert refused(entries, officer) == [
        (other.pk, "5", "out-of-range"),
        (other.pk, "99", "unknown-measure"),
    ]
    assert not IndicatorValue.objects.exists()


def test_a_newer_value_of_a_colleague_is_never_written_over(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    save_many(typed(assessment, number="70"), by=officer, channel="form")
    assert refused(typed(assessment, number="90"), officer) == [(assessment.pk, "5", "conflict")]
    save_many(typed(assessment, number="90", seen=1), by=officer, channel="excel")
    assert IndicatorValue.objects.get().number == 90


def test_out_of_reach_and_not_there_are_refused_alike(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    elsewhere = ProvinceFactory(code="42", path="/VN/42/")
    theirs = AssessmentFactory(unit=UnitFactory(parent=elsewhere))
    assert refused(typed(assessment, theirs), officer) == [(theirs.pk, "", "not-allowed")]
    assert refused({987654: [Entry("5", Decimal(1))]}, officer) == [(987654, "", "not-allowed")]
    assert not IndicatorValue.objects.exists()


def test_what_was_verified_is_a_draft_again_and_says_why(
    assessment: Assessment, measure: Measure, officer: User, verifier: User
) -> None:
    save_many(typed(assessment), by=officer, channel="grid")
    submit(assessment.pk, by=officer)
    verify(assessment.pk, by=verifier)
    save_many(typed(assessment, number="85", seen=1), by=officer, channel="grid")
    assessment.refresh_from_db()
    assert assessment.status == "draft"
    event = AssessmentEvent.objects.latest("pk")
    assert (event.from_status, event.to_status) == ("verified", "draft")
    assert "5" in event.reason


def test_assessments_of_two_rounds_are_saved_together(measure: Measure, officer: User) -> None:
    now = AssessmentFactory()
    then = AssessmentFactory(
        unit=now.unit, round=RoundFactory(code="2020-Q2", reference_date="2020-06-30")
    )
    assert save_many(typed(now, then), by=officer, channel="grid").assessments == 2


def test_thirty_communes_take_no_more_queries_than_one(measure: Measure, officer: User) -> None:
    def queries(count: int) -> int:
        entries = typed(*(AssessmentFactory() for _ in range(count)))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            save_many(entries, by=officer, channel="excel")
        return len(captured)

    queries(1)  # her scope is read once
    assert queries(1) == queries(30)
