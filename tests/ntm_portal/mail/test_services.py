from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from ntm_portal.accounts.models import User
from ntm_portal.mail import services
from ntm_portal.mail.kinds import Kind
from ntm_portal.mail.models import Choice, Letter
from ntm_portal.mail.services import Draft
from tests.factories import UserFactory

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks


def send(*people: User, key: str = "1", kind: Kind | None = None) -> int:
    return services.send("tried", [Draft(person, key, {"kind": kind}) for person in people])


def test_a_mail_is_sent_after_the_commit_and_only_then(
    person: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert send(person) == 1
        assert mail.outbox == []
    (sent,) = mail.outbox
    assert sent.to == ["huong@example.vn"]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == ("sent", 1)
    assert letter.sent_at is not None


def test_what_is_taken_back_is_never_told(person: User) -> None:
    with transaction.atomic():
        send(person)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_nobody_is_told_twice_of_one_occasion(person: User) -> None:
    assert [send(person), send(person), send(person, person, key="2")] == [1, 0, 1]
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "Thư của Cổng thông tin NTM: Ngôn ngữ"), ("en", "NTM Portal: Language")],
)
def test_a_mail_speaks_the_language_of_its_receiver(
    person: User, kind: Kind, language: str, said: str
) -> None:
    services.choose({}, language, by=person)
    person.refresh_from_db()
    send(person, kind=kind)
    letter = Letter.objects.get()
    assert said in letter.subject
    assert said in letter.body
    assert letter.language == language


def test_only_whom_a_mail_can_reach_and_who_wants_it_is_written_to(person: User) -> None:
    off = UserFactory(email="off@example.vn")
    services.choose({"tried": False}, "vi", by=off)
    nowhere, gone = UserFactory(), UserFactory(email="gone@example.vn", is_active=False)
    assert send(person, off, nowhere, gone) == 1
    assert Letter.objects.get().person == person


def test_a_kind_that_is_off_reaches_only_whoever_turned_it_on(
    person: User, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    off = Kind(kind.code, kind.name, kind.about, kind.template, is_on=False)
    monkeypatch.setattr("ntm_portal.mail.kinds._KINDS", {"tried": off})
    assert send(person) == 0
    services.choose({"tried": True}, "vi", by=person)
    assert send(person) == 1


def test_many_are_written_to_with_the_queries_of_one(
    person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = [UserFactory(email=f"p{number}@example.vn") for number in range(30)]
    for people in ([person], many):
        with django_assert_num_queries(5):  # among them the two of a savepoint
            send(*people, key="flat")


def test_a_choice_is_kept_only_where_it_differs_and_the_last_one_holds(person: User) -> None:
    services.choose({"tried": True}, "vi", by=person)
    assert not Choice.objects.exists()
    services.turn_off("tried", by=person)
    services.turn_off("tried", by=person)
    assert Choice.objects.get().is_by_link
    services.choose({"tried": True}, "vi", by=person)
    assert (Choice.objects.get().is_wanted, Choice.objects.get().is_by_link) == (True, False)


def test_a_kind_that_no_app_registers_cannot_be_sent(person: User) -> None:
    with pytest.raises(LookupError):
        services.send("unheard", [Draft(person, "1")])


def test_a_failed_mail_is_tried_again_by_an_administrator(
    person: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    send(person)
    letter = Letter.objects.get()
    Letter.objects.update(state="failed", attempts=6, due_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert services.try_again([letter.pk], by=person) == 1
    letter.refresh_from_db()
    assert letter.state == "sent"
