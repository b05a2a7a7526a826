"""Verifying in one act what did not change: four eyes, one at a time what did."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communes.models import StaleUnit
from criteria.models import Assessment, AssessmentEvent, IndicatorValue, Measure, Outcome, ValueNote
from criteria.services.bulk_review import verify_unchanged
from ntm_portal.accounts.models import User
from tests.factories import AssessmentFactory, RoundFactory, UnitFactory, ValueFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(measure: Measure, officer: User) -> Assessment:
    return send(measure, officer)


def send(measure: Measure, by: User, number: int = 90, code: str = "20001") -> Assessment:
    """A commune whose 90 was verified in the round before and that was sent with `number`."""
    unit = UnitFactory(code=code)
    earlier = RoundFactory(code="2020-Q3", reference_date=date(2020, 9, 30), status="published")
    before = AssessmentFactory(
        unit=unit, round=earlier, status="verified", verified_at=timezone.now()
    )
    ValueFactory(assessment=before, measure=measure, verified_number=90)
    now = AssessmentFactory(unit=unit, status="submitted", submitted_by=by)
    ValueFactory(assessment=now, measure=measure, number=number)
    return now


def seen(*assessments: Assessment) -> dict[int, int]:
    return {item.pk: item.version for item in assessments}


def codes(assessment: Assessment, by: User, version: int = 0) -> list[str]:
    done = verify_unchanged({assessment.pk: version}, by=by)
    assert done.count == 0
    return [refusal.code for _item, refusal in done.refused]


def test_what_stands_as_in_the_round_before_is_verified_with_its_trace(
    sent: Assessment, verifier: User
) -> None:
    assert verify_unchanged(seen(sent), by=verifier).count == 1
    sent.refresh_from_db()
    assert (sent.status, sent.verified_by, sent.version) == ("verified", verifier, 1)
    assert sent.values.get().verified_number == 90
    assert AssessmentEvent.objects.get(assessment=sent).to_status == "verified"
    outcomes = Outcome.objects.filter(assessment=sent).values_list("basis", "criteria_met")
    assert dict(outcomes) == {"reported": 1, "verified": 1}
    assert StaleUnit.objects.get().unit_id == sent.unit_id


def test_what_changed_is_left_to_be_looked_at(
    measure: Measure, officer: User, verifier: User
) -> None:
    assert codes(send(measure, officer, number=91), verifier) == ["changed"]


def test_what_was_never_verified_has_changed(
    measure: Measure, officer: User, verifier: User
) -> None:
    first = AssessmentFactory(status="submitted", submitted_by=officer)
    ValueFactory(assessment=first, measure=measure)
    assert codes(first, verifier) == ["changed"]


def test_a_new_note_asks_to_be_read(sent: Assessment, measure: Measure, verifier: User) -> None:
    ValueNote.objects.create(assessment=sent, measure=measure, text="Đo lại", by=verifier)
    assert codes(sent, verifier) == ["changed"]


def test_nobody_verifies_in_bulk_what_she_sent(measure: Measure, verifier: User) -> None:
    assert codes(send(measure, verifier), verifier) == ["second-person"]


def test_what_was_sent_again_meanwhile_is_left(sent: Assessment, verifier: User) -> None:
    assert codes(sent, verifier, version=7) == ["changed-meanwhile"]


def test_an_officer_verifies_nothing(sent: Assessment, officer: User) -> None:
    assert codes(sent, officer) == ["not-allowed"]


def test_thirty_take_as_many_statements_as_one(
    measure: Measure, officer: User, verifier: User
) -> None:
    counts = []
    for many in (1, 30):
        found = [send(measure, officer, code=f"{many}{number:03d}") for number in range(many)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert verify_unchanged(seen(*found), by=verifier).count == many
        counts.append(len(queries))
    assert counts[1] <= counts[0], "one more is not one more statement"
    assert IndicatorValue.objects.filter(verified_number=90).count() == 62
