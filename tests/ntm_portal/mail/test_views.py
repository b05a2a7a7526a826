from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from ntm_portal.mail import choices, links, services
from ntm_portal.mail.models import Choice, Letter
from ntm_portal.mail.services import Draft
from tests.factories import UserFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from ntm_portal.accounts.models import User

PAGE = "/accounts/mails/"


def link(person: User, kind: str = "tried") -> str:
    return links.turning_off(person.pk, kind).removeprefix(links.absolute(""))


def test_a_person_turns_each_kind_on_and_off_and_says_her_language(
    client_of: Callable[[User], Client], person: User
) -> None:
    client = client_of(person)
    client.cookies["language"] = "en"
    page = client.get(PAGE).content.decode()
    assert "They go to huong@example.vn." in page
    assert 'name="kind-tried" class' not in page
    assert 'name="kind-tried"' in page
    assert client.post(PAGE, {"language": "en"})["Location"] == PAGE
    person.refresh_from_db()
    assert (person.language, choices.wants(person, "tried")) == ("en", False)
    client.post(PAGE, {"language": "en", "kind-tried": "on"})
    assert choices.wants(person, "tried")


def test_whoever_has_no_address_is_told_so(
    client_of: Callable[[User], Client], person: User
) -> None:
    client = client_of(UserFactory())
    client.cookies["language"] = "en"
    assert "your account has no address" in client.get(PAGE).content.decode()


def test_the_link_in_a_mail_asks_first_and_turns_off_without_a_sign_in(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["language"] = "en"
    assert "Turn off this mail?" in client.get(link(person)).content.decode()
    assert choices.wants(person, "tried")
    answer = client.post(link(person), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "This mail is turned off" in answer.content.decode()
    assert Choice.objects.get().is_by_link


@pytest.mark.parametrize("token", ["x", "WzEsInRyaWVkIl0:1abcde:forged"])
def test_a_forged_link_turns_nothing_off(person: User, token: str) -> None:
    assert Client().post(f"{PAGE}off/{token}/").status_code == 404
    assert not Choice.objects.exists()


def test_a_link_to_a_kind_that_is_gone_says_nothing_of_the_person(person: User) -> None:
    assert Client().get(link(person, "gone")).status_code == 404


def test_an_administrator_sees_what_failed_and_has_it_tried_again(person: User) -> None:
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    services.send("tried", [Draft(person, "1")])
    Letter.objects.update(state="failed", fault="ConnectionRefusedError: no answer")
    letter = Letter.objects.get()
    there = reverse("admin:mail_letter_changelist")
    assert letter.subject in client.get(f"{there}?state__exact=failed").content.decode()
    shown = client.get(reverse("admin:mail_letter_change", args=[letter.pk])).content.decode()
    assert "no answer" in shown
    client.post(there, {"action": "try_again", "_selected_action": [str(letter.pk)]})
    letter.refresh_from_db()
    assert letter.state in {"queued", "sent"}
    assert LogEntry.objects.get().object_id == str(letter.pk)
