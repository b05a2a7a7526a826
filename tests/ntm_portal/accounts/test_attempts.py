"""Guessing a password is slow, and waiting says until when; changing one has a page."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from ntm_portal.accounts.attempts import MOST_BY_NAME
from ntm_portal.accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "a-long-password", "wrong"


@pytest.fixture(autouse=True)
def _counts_begin_anew() -> None:
    cache.clear()


def attempt(name: str, password: str, address: str = "10.0.0.1") -> tuple[int, str]:
    client = Client(REMOTE_ADDR=address)
    client.cookies["language"] = "en"
    answer = client.post("/accounts/login/", {"username": name, "password": password})
    return answer.status_code, answer.content.decode()


def test_after_some_wrong_passwords_even_the_right_one_waits() -> None:
    UserFactory(username="officer")
    for _ in range(MOST_BY_NAME):
        assert "do not go together" in attempt("officer", WRONG)[1]
    status, page = attempt("Officer ", RIGHT)
    assert status == 200
    assert re.search(r"Too many wrong attempts\. Try again after \d\d:\d\d", page)
    assert attempt("officer", RIGHT, address="10.0.0.2")[0] == 302  # she herself, elsewhere


def test_one_password_tried_on_everybody_waits_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntm_portal.accounts.attempts.MOST_BY_ADDRESS", 3)
    UserFactory(username="officer")
    for number in range(3):
        attempt(f"person{number}", WRONG)
    assert "Too many wrong attempts" in attempt("officer", RIGHT)[1]


def test_the_right_password_begins_the_count_anew() -> None:
    UserFactory(username="officer")
    for _ in range(2):
        for _ in range(MOST_BY_NAME - 1):
            attempt("officer", WRONG)
        assert attempt("officer", RIGHT)[0] == 302


def test_the_wait_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    UserFactory(username="officer")
    for _ in range(MOST_BY_NAME):
        attempt("officer", WRONG)
    monkeypatch.setattr("ntm_portal.accounts.attempts.time.time", lambda: 4_000_000_000.0)
    assert attempt("officer", RIGHT)[0] == 302


def test_a_person_changes_her_password() -> None:
    person: User = UserFactory(username="officer")
    client = Client()
    client.force_login(person)
    client.cookies["language"] = "en"
    typed = {"old_password": RIGHT, "new_password1": "kiểm-tra-9", "new_password2": "khác-hẳn-9"}
    assert "registers" in client.get("/accounts/password/").content.decode()
    assert client.post("/accounts/password/", typed).status_code == 200
    again = typed | {"new_password2": "kiểm-tra-9"}
    assert client.post("/accounts/password/", again).headers["Location"] == "/"
    person.refresh_from_db()
    assert person.check_password("kiểm-tra-9")
