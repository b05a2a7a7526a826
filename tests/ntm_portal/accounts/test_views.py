import re
from typing import Any

import pytest
from django.test import Client

from ntm_portal.accounts import kept
from ntm_portal.accounts.models import User
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ntm_portal.form_urls")]

TYPED = {"v-10": "39,5", "v-17.1": ["96,2", "50"], "note": "Đắk Rơ Wa “biên bản”"}
AS_TYPED = {"v-10": ["39,5"], "v-17.1": ["96,2", "50"], "note": ["Đắk Rơ Wa “biên bản”"]}


@pytest.fixture
def officer() -> User:
    return UserFactory(username="officer", password="a-long-password")


def sealed_in(response: Any) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', response.content.decode())
    return found[1] if found else ""


def sign_in(client: Client, sealed: str = "", **more: str) -> Any:
    fields = {"username": "officer", "password": "a-long-password", "kept": sealed, **more}
    return client.post("/accounts/login/", fields)


def test_a_reader_without_a_session_is_led_to_the_sign_in_and_back(officer: User) -> None:
    client = Client()
    response = client.get("/form/?x=1")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/form/%3Fx%3D1"
    page = client.get(response["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/form/?x=1">' in page
    assert sign_in(client, next="/form/?x=1")["Location"] == "/form/?x=1"


def test_what_was_typed_survives_the_end_of_the_session(officer: User) -> None:
    client = Client()
    response = client.post("/form/", TYPED)
    assert response.status_code == 403
    back = sign_in(client, sealed_in(response))
    assert back["Location"] == "/form/?restored=1"
    assert client.get(back["Location"]).json() == AS_TYPED
    assert client.get(back["Location"]).json() is None


def test_a_wrong_password_loses_nothing_either(officer: User) -> None:
    client = Client()
    sealed = sealed_in(client.post("/form/", TYPED))
    failed = client.post(
        "/accounts/login/", {"username": "officer", "password": "x", "kept": sealed}
    )
    assert 'role="alert"' in failed.content.decode()
    assert 'value="officer"' in failed.content.decode()
    again = sign_in(client, sealed_in(failed))
    assert client.get(again["Location"]).json() == AS_TYPED


def test_a_post_to_an_address_without_a_page_leads_back_to_the_page_it_came_from(
    officer: User,
) -> None:
    client = Client()
    response = client.post("/form/send/", TYPED, headers={"Referer": "http://testserver/form/?a=1"})
    assert sign_in(client, sealed_in(response))["Location"] == "/form/?a=1&restored=1"


@pytest.mark.parametrize(
    "referer", ["https://evil.example/form/", "//evil.example/form/", "http://testserver/nowhere/"]
)
def test_nobody_is_led_anywhere_else(officer: User, referer: str) -> None:
    client = Client()
    response = client.post("/form/", TYPED, headers={"Referer": referer})
    assert sign_in(client, sealed_in(response))["Location"] == "/form/?restored=1"


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_the_next_page_is_never_a_foreign_one(officer: User, there: str) -> None:
    assert sign_in(Client(), next=there)["Location"] == "/"


def test_a_forged_field_is_ignored(officer: User) -> None:
    client = Client()
    sealed = sealed_in(client.post("/form/", TYPED))
    assert sign_in(client, sealed[:-2] + "xx")["Location"] == "/"
    assert kept.SESSION_KEY not in client.session


def test_secrets_are_not_carried_along() -> None:
    secret = {"password": "a", "new_password1": "b", "csrfmiddlewaretoken": "c", "v": "1"}
    found = kept.unseal(sealed_in(Client().post("/form/", secret)))
    assert found is not None
    assert found.data == {"v": ["1"]}


def test_nothing_or_far_too_much_is_not_carried() -> None:
    assert sealed_in(Client().post("/form/")) == ""
    assert sealed_in(Client().post("/form/", {"v": "x" * 300_000})) == ""


def test_what_was_typed_on_one_page_is_not_shown_on_another(officer: User) -> None:
    client = Client()
    sign_in(client, sealed_in(client.post("/form/send/", TYPED)))
    assert client.get("/form/").json() is None
    assert kept.SESSION_KEY in client.session


def test_htmx_without_a_session_gets_a_banner_whose_button_posts_the_whole_form() -> None:
    response = Client().post("/form/send/", TYPED, headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response["HX-Retarget"] == "#banner"
    assert response["HX-Reswap"] == "innerHTML"
    page = response.content.decode()
    assert 'form="assessment-form"' in page
    assert "<html" not in page


def test_htmx_with_a_form_older_than_the_sign_in_gets_the_banner_too(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    response = client.post("/form/send/", TYPED, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Retarget"]) == (403, "#banner")
    assert 'form="assessment-form"' in response.content.decode()


def test_a_form_older_than_the_sign_in_is_refused_but_nothing_is_lost(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    response = client.post("/form/", TYPED)
    assert response.status_code == 403
    assert 'href="/form/?restored=1"' in response.content.decode()
    assert client.get("/form/?restored=1").json() == AS_TYPED


def test_a_stranger_with_a_forged_form_gets_nothing_kept() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/form/", TYPED)
    assert response.status_code == 403
    assert sealed_in(response) == ""
    assert kept.SESSION_KEY not in client.session


def test_signing_in_twice_in_two_windows_leads_on(officer: User) -> None:
    sealed = sealed_in(Client().post("/form/", TYPED))
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    assert sign_in(client, sealed)["Location"] == "/form/?restored=1"
    assert client.get("/form/").json() == AS_TYPED
    assert sign_in(client)["Location"] == "/"


def test_signing_out_is_a_post_and_ends_the_session(officer: User) -> None:
    client = Client()
    client.force_login(officer)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert client.get("/form/").status_code == 302


def test_a_sign_in_without_a_name_says_what_is_wrong(client: Client) -> None:
    client.cookies["language"] = "en"
    page = client.post("/accounts/login/", {"username": " ", "password": "x"}).content.decode()
    assert "do not go together" in page
