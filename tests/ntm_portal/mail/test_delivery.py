from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.utils import timezone

from ntm_portal.mail import delivery, services
from ntm_portal.mail.models import Letter
from ntm_portal.mail.services import Draft
from tests.factories import UserFactory

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User

LATER = timedelta(days=1)


@pytest.fixture
def now(person: User) -> datetime:
    """A moment at which two letters wait."""
    other = UserFactory(email="ha@example.vn")
    services.send("tried", [Draft(person, "1"), Draft(other, "1")])
    return timezone.now()


def refuse(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def send(message: mail.EmailMessage) -> int:
        raise error

    monkeypatch.setattr(mail.EmailMessage, "send", send)


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def test_what_waits_is_sent_once(now: datetime) -> None:
    assert [delivery.deliver(now), delivery.deliver(now)] == [2, 0]
    assert len(mail.outbox) == 2
    assert states() == ["sent", "sent"]


def test_a_server_out_of_reach_is_asked_again_later_and_ends_the_batch(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, ConnectionRefusedError("no answer"))
    assert delivery.deliver(now) == 1
    first = Letter.objects.order_by("pk")[0]
    assert (first.state, first.attempts, first.due_at) == ("queued", 1, now + timedelta(minutes=1))
    assert "no answer" in first.fault


def test_after_the_last_pause_it_has_failed(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, SMTPServerDisconnected("gone"))
    for _attempt in range(2 * (len(delivery.PAUSES) + 1)):
        now += LATER
        delivery.deliver(now)
    assert states() == ["failed", "failed"]
    assert delivery.deliver(now + LATER) == 0


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SMTPRecipientsRefused({"x": (550, b"nobody")}), "failed"),
        (SMTPRecipientsRefused({"x": (450, b"greylisted")}), "queued"),
        (SMTPDataError(554, b"spam"), "failed"),
        (SMTPDataError(451, b"later"), "queued"),
        (ValueError("an address that is none"), "failed"),
    ],
)
def test_a_refusal_for_good_is_not_tried_again_and_the_others_go_on(
    now: datetime, monkeypatch: pytest.MonkeyPatch, error: Exception, state: str
) -> None:
    refuse(monkeypatch, error)
    assert delivery.deliver(now) == 2
    assert states() == [state, state]


def test_whoever_turned_the_kind_off_meanwhile_gets_nothing(person: User, now: datetime) -> None:
    services.turn_off("tried", by=person)
    delivery.deliver(now)
    assert states() == ["dropped", "sent"]
    assert [message.to for message in mail.outbox] == [["ha@example.vn"]]


def test_a_letter_over_which_a_worker_died_has_failed_and_is_not_sent_again(now: datetime) -> None:
    Letter.objects.update(state="sending", claimed_at=now)
    assert delivery.deliver(now + timedelta(minutes=59)) == 0
    assert states() == ["sending", "sending"]
    assert delivery.deliver(now + timedelta(minutes=61)) == 0
    assert states() == ["failed", "failed"]
    assert mail.outbox == []
