"""Revoking: what is written, and every sentence that refuses it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from communes.models import AdministrativeUnit, StaleUnit
from criteria.models import Recognition
from criteria.services.recognition_checks import Revocation
from criteria.services.recognitions import revoke
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from tests.criteria.recognitions.rows import DAY
from tests.factories import RecognitionFactory, UserFactory

pytestmark = pytest.mark.django_db
ON = date(2020, 12, 1)


@pytest.fixture
def recognition(commune: AdministrativeUnit) -> Recognition:
    return RecognitionFactory(unit=commune, decision_date=DAY)


def revocation(**changed: Any) -> Revocation:
    return Revocation(**{"on": ON, "number": "9/QĐ", "reason": "Income fell.", **changed})


def refusal(recognition: Recognition, by: User, **changed: Any) -> tuple[str, str]:
    with pytest.raises(DomainError) as refused:
        revoke(recognition.pk, revocation(**changed), by=by)
    return refused.value.code, str(refused.value)


def test_a_revocation_is_recorded_with_its_event_and_its_mark(
    recognition: Recognition, officer: User
) -> None:
    revoke(recognition.pk, revocation(), by=officer)
    recognition.refresh_from_db()
    assert (recognition.revoked_on, recognition.revoked_by_decision) == (ON, "9/QĐ")
    assert (recognition.revocation_reason, recognition.is_revoked) == ("Income fell.", True)
    event = recognition.events.get()
    assert (event.kind, event.by, event.effective_on, event.decision_number, event.reason) == (
        "revoked",
        officer,
        ON,
        "9/QĐ",
        "Income fell.",
    )
    mark = StaleUnit.objects.get()
    assert (mark.unit, mark.since) == (recognition.unit, ON)


def test_its_paper_is_kept(recognition: Recognition, officer: User) -> None:
    paper = SimpleUploadedFile("scan", b"\x89PNG\r\n\x1a\n x".ljust(40))
    revoke(recognition.pk, revocation(document=paper), by=officer)
    document = recognition.documents.get()
    assert (document.purpose, document.name) == ("revocation", "scan.png")


@pytest.mark.parametrize(
    ("changed", "code", "sentence"),
    [
        ({"number": " "}, "number-required", "Type the number of the decision."),
        ({"reason": " "}, "reason-required", "Say why it is revoked."),
        (
            {"on": DAY - timedelta(days=1)},
            "before-decision",
            "It cannot be revoked before 1 Oct 2020, the date of its own decision.",
        ),
        (
            {"on": timezone.localdate() + timedelta(days=1)},
            "in-the-future",
            "The date lies in the future.",
        ),
        (
            {"document": SimpleUploadedFile("a.pdf", b"text")},
            "bad-document",
            "By its content, whatever its name says, the file is none of PDF, JPEG, PNG.",
        ),
    ],
)
def test_a_revocation_that_cannot_be_is_refused(
    recognition: Recognition, officer: User, changed: dict[str, Any], code: str, sentence: str
) -> None:
    assert refusal(recognition, officer, **changed) == (code, sentence)
    recognition.refresh_from_db()
    assert recognition.revoked_on is None
    assert not recognition.events.exists()
    assert not StaleUnit.objects.exists()


def test_it_can_be_revoked_on_the_day_it_was_decided(
    recognition: Recognition, officer: User
) -> None:
    assert revoke(recognition.pk, revocation(on=DAY), by=officer).revoked_on == DAY


def test_what_has_ended_cannot_be_revoked(recognition: Recognition, officer: User) -> None:
    revoke(recognition.pk, revocation(), by=officer)
    assert refusal(recognition, officer) == (
        "ended",
        "This recognition has ended already, on 1 Dec 2020.",
    )


def test_only_who_records_revokes(recognition: Recognition, district: AdministrativeUnit) -> None:
    by = UserFactory(roles={"officer": district})
    assert refusal(recognition, by) == (
        "not-allowed",
        "You may not record decisions for Dak Pne Commune.",
    )
