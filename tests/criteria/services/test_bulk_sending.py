"""Sending many communes in one act: those that are complete, each with its trace."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communes.models import StaleUnit
from criteria.models import Assessment, AssessmentEvent, LateEntry, Measure, ReportingRound
from criteria.services import submit
from criteria.services.bulk_sending import submit_many
from criteria.services.judged import judge_stored, missing_in
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from tests.factories import (
    AssessmentFactory,
    ProvinceFactory,
    ThresholdFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db


def complete(measure: Measure, code: str = "20001", **fields: object) -> Assessment:
    item: Assessment = AssessmentFactory(unit=UnitFactory(code=code), **fields)
    ValueFactory(assessment=item, measure=measure, number=90)
    return item


def codes(assessment: Assessment, by: User, version: int = 0) -> list[str]:
    done = submit_many({assessment.pk: version}, by=by)
    assert done.count == 0
    return [refusal.code for _item, refusal in done.refused]


def test_what_is_complete_is_sent_with_its_trace(measure: Measure, officer: User) -> None:
    items = [complete(measure, f"2000{at}") for at in range(3)]
    assert submit_many({item.pk: 0 for item in items}, by=officer).count == 3
    for item in items:
        item.refresh_from_db()
        assert (item.status, item.submitted_by, item.version) == ("submitted", officer, 1)
        assert item.submitted_at
        assert AssessmentEvent.objects.get(assessment=item).to_status == "submitted"
    assert {mark.unit_id for mark in StaleUnit.objects.all()} == {item.unit_id for item in items}


def test_what_lacks_a_value_is_left_and_named(measure: Measure, officer: User) -> None:
    whole, lacking = complete(measure), AssessmentFactory(unit=UnitFactory(code="20002"))
    done = submit_many({whole.pk: 0, lacking.pk: 0}, by=officer)
    assert done.count == 1
    ((item, refusal),) = done.refused
    assert (item, refusal.code) == (lacking, "incomplete")
    assert measure.code in str(refusal)
    lacking.refresh_from_db()
    assert lacking.status == "draft"


def test_what_somebody_changed_meanwhile_is_left(measure: Measure, officer: User) -> None:
    assert codes(complete(measure), officer, version=7) == ["changed-meanwhile"]


def test_what_was_sent_is_not_sent_again(measure: Measure, officer: User) -> None:
    assert codes(complete(measure, status="submitted"), officer) == ["wrong-status"]


def test_a_verifier_sends_nothing(measure: Measure, verifier: User) -> None:
    assert codes(complete(measure), verifier) == ["not-allowed"]


def test_after_the_closing_it_needs_a_reason(measure: Measure, officer: User) -> None:
    items = [complete(measure, f"2000{at}") for at in range(2)]
    ReportingRound.objects.update(status="closed")
    seen = {item.pk: 0 for item in items}
    without = submit_many(seen, by=officer)
    assert [refusal.code for _item, refusal in without.refused] == ["late-reason-required"] * 2
    assert submit_many(seen, by=officer, late_reason="Xã gửi chậm").count == 2
    entries = {entry.pk for entry in LateEntry.objects.all()}
    assert {event.late_id for event in AssessmentEvent.objects.all()} == entries
    assert len(entries) == 2


def test_it_finds_missing_what_a_single_sending_finds(measure: Measure, officer: User) -> None:
    """One with all, one with nothing, one that leaves the second of two out."""
    ThresholdFactory(measure__indicator__criterion__criteria_set__code="invented")
    lacking: Assessment = AssessmentFactory(unit=UnitFactory(code="20002"))
    items = [complete(measure), lacking]
    found = missing_in(Assessment.objects.select_related("unit", "round", "criteria_set"))
    for item in items:
        assert found[item.pk] == judge_stored(item).missing
        done = submit_many({item.pk: 0}, by=officer)
        with pytest.raises(DomainError) as alone:
            submit(item.pk, by=officer)
        assert [str(refusal) for _item, refusal in done.refused] == [str(alone.value)]
    assert any(found.values())


def test_thirty_take_as_many_statements_as_one(measure: Measure, officer: User) -> None:
    counts = []
    for many in (1, 30):
        items = [complete(measure, f"{many}{number:03d}") for number in range(many)]
        with CaptureQueriesContext(connection) as queries:
            assert submit_many({item.pk: 0 for item in items}, by=officer).count == many
        counts.append(len(queries))
    assert counts[1] <= counts[0], "one more is not one more statement"


def test_another_province_is_out_of_reach(measure: Measure) -> None:
    stranger = UserFactory(roles={"officer": ProvinceFactory(code="42")})
    assert codes(complete(measure), stranger) == ["not-allowed"]
