"""People are told what is due, what is to do and what came back: once, and if they want it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.reminders import remind
from criteria.services import return_to_officer
from criteria.tasks import remind as remind_task
from ntm_portal.accounts.models import User
from ntm_portal.mail import services as mail
from ntm_portal.mail.models import Letter
from tests.factories import (
    AssessmentFactory,
    ProvinceFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DUE = date(2021, 1, 15)  # a Friday
MONDAY = date(2021, 1, 11)


@pytest.fixture(autouse=True)
def officer() -> User:
    return UserFactory(
        username="officer",
        email="o@example.vn",
        language="en",
        roles={"officer": ProvinceFactory()},
    )


@pytest.fixture
def verifier() -> User:
    return UserFactory(
        username="verifier",
        email="v@example.vn",
        language="en",
        roles={"verifier": ProvinceFactory()},
    )


def kinds() -> list[str]:
    return sorted(Letter.objects.values_list("kind", flat=True))


@pytest.mark.parametrize("days", [14, 7, 3, 1, 0, -7, -14, -70])
def test_officers_are_told_what_is_due_and_an_overdue_round_is_never_forgotten(days: int) -> None:
    AssessmentFactory()
    remind(DUE - timedelta(days=days))
    assert "round-due" in kinds()
    letter = Letter.objects.get(kind="round-due")
    assert ("overdue" in letter.subject) is (days < 0)
    assert "1 commune of yours" in letter.body
    assert "/criteria/rounds/2020-Q4/" in letter.body


@pytest.mark.parametrize("days", [15, 6, 2, -1, -8])
def test_on_other_days_nobody_is_told_that_it_is_due(days: int) -> None:
    AssessmentFactory()
    remind(DUE - timedelta(days=days))
    assert "round-due" not in kinds()


def test_twice_a_day_is_as_once() -> None:
    AssessmentFactory()
    assert remind(DUE) == 1
    assert remind(DUE) == 0


def test_who_owes_nothing_is_told_nothing(verifier: User) -> None:
    AssessmentFactory(status="verified")
    AssessmentFactory(unit=UnitFactory(code="99999", path="/VN/99/99999/"))
    AssessmentFactory(
        round=RoundFactory(code="2019-Q4", reference_date=date(2019, 12, 31), status="closed")
    )
    remind(DUE)
    remind(MONDAY)
    assert kinds() == []


def test_on_mondays_a_digest_says_what_each_has_to_do(officer: User, verifier: User) -> None:
    AssessmentFactory(status="returned")
    AssessmentFactory(status="submitted", submitted_by=officer)
    AssessmentFactory(status="submitted", submitted_by=verifier)  # she may not verify her own
    remind(MONDAY)
    bodies = {row.person.username: row.body for row in Letter.objects.filter(kind="round-digest")}
    assert "1 commune came back" in bodies["officer"]
    assert "1 commune awaits your review" in bodies["verifier"]


def test_it_can_be_turned_off(officer: User) -> None:
    AssessmentFactory()
    mail.turn_off("round-due", by=officer)
    remind(DUE)
    assert kinds() == []


def test_what_comes_back_is_told_at_once_with_its_reason(officer: User, verifier: User) -> None:
    sent = AssessmentFactory(status="submitted", submitted_by=officer)
    return_to_officer(sent.pk, reason="Thiếu biên bản", by=verifier)
    letter = Letter.objects.get()
    assert (letter.person, letter.kind) == (officer, "round-returned")
    assert "Thiếu biên bản" in letter.body
    assert f"/criteria/assessments/{sent.pk}/" in letter.body


def test_many_communes_and_people_take_as_many_queries_as_few() -> None:
    counts = []
    for many in (1, 20):
        for number in range(many):
            AssessmentFactory()
            UserFactory(email=f"{many}-{number}@example.vn", roles={"officer": ProvinceFactory()})
        with CaptureQueriesContext(connection) as queries:
            remind(DUE - timedelta(days=7 if many == 1 else 3))
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_the_task_reminds_as_of_today() -> None:
    assert remind_task() == 0
