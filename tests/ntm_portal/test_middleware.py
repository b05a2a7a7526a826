import pytest
from django.conf import settings
from django.test import Client

from ntm_portal.accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def lang(client: Client, **headers: str) -> str:
    response = client.get("/accounts/login/", headers=headers)
    assert response["Content-Language"] in response.content.decode()[:80]
    return str(response["Content-Language"])


@pytest.mark.parametrize("accepted", ["en", "en-GB,en;q=0.9", "fr", ""])
def test_pages_are_vietnamese_whatever_the_browser_would_accept(accepted: str) -> None:
    assert lang(Client(), **{"Accept-Language": accepted}) == "vi"


def test_the_switch_is_remembered_and_can_be_turned_back() -> None:
    client = Client()
    there = {"language": "en", "next": "/accounts/login/?x=1"}
    assert client.post("/language/", there)["Location"] == "/accounts/login/?x=1"
    assert lang(client) == "en"
    client.post("/language/", {"language": "vi"})
    assert lang(client) == "vi"


@pytest.mark.parametrize("language", ["fr", "", "../../etc", "en\n"])
def test_a_language_the_portal_does_not_speak_changes_nothing(language: str) -> None:
    client = Client()
    client.post("/language/", {"language": language})
    assert lang(client) == "vi"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert lang(client) == "vi"


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", ""])
def test_the_switch_leads_to_no_foreign_page(there: str) -> None:
    assert Client().post("/language/", {"language": "en", "next": there})["Location"] == "/"


@pytest.mark.parametrize(("accepted", "language"), [("en-GB", "en"), ("fr", "vi"), ("", "vi")])
def test_the_api_follows_what_its_caller_accepts(accepted: str, language: str) -> None:
    response = Client().get("/api/v1/", headers={"Accept-Language": accepted})
    assert response["Content-Language"] == language


def test_the_api_asks_for_a_token_and_not_for_a_sign_in() -> None:
    response = Client().get("/api/v1/")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Token"


def test_every_page_carries_a_policy_that_forbids_inline_code() -> None:
    policy = Client().get("/accounts/login/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_an_inactive_person_is_a_stranger() -> None:
    person: User = UserFactory()
    client = Client()
    client.force_login(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/")["Location"] == "/accounts/login/?next=/"
