"""A person makes tokens for other systems, sees how they are used, and revokes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from rest_framework.test import APIClient

from ntm_portal.accounts.models import User
from ntm_portal.accounts.token_models import ApiToken, ApiTokenDay
from ntm_portal.accounts.token_services import TokenEntry, make_token
from tests.factories import ProvinceFactory, UnitFactory, UserFactory

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
NEW = "/accounts/tokens/new/"
LIMITS = {
    "name": "Cục Thống kê",
    "may_write": "on",
    "area": "23329",
    "resources": ["unit", "value"],
    "networks": "203.0.113.7/24\n2001:db8::/32",
    "until": "31/12/2099",
}


@pytest.fixture
def owner() -> User:
    UnitFactory(code="23329")
    return UserFactory(roles={"officer": ProvinceFactory()})


@pytest.fixture
def browser(owner: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(owner)


def call(key: str, address: str) -> Any:  # JSON inside
    client = APIClient(headers={"authorization": f"Token {key}"})
    return client.get(f"/api/v1/{address}")


def test_a_token_is_shown_once_and_holds_what_was_chosen(browser: Client, owner: User) -> None:
    answer = browser.post(NEW, LIMITS)
    token = ApiToken.objects.get()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    key = answer.context["key"]
    assert key in answer.content.decode()
    assert ApiToken.digest_of(key) == token.digest
    assert (token.user, token.name, token.may_write) == (owner, "Cục Thống kê", True)
    assert token.resources == ["unit", "value"]
    assert token.networks == ["203.0.113.0/24", "2001:db8::/32"]
    assert token.area is not None
    assert token.area.code == "23329"
    assert f"{token.expires_at:%Y-%m-%d %H:%M}" == "2099-12-31 17:00"  # midnight here
    for page in ("/accounts/tokens/", f"/accounts/tokens/{token.pk}/"):
        assert key not in browser.get(page).content.decode()
    assert LogEntry.objects.filter(user=owner, object_id=str(token.pk)).count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("area", "99999"),
        ("networks", "not a network"),
        ("resources", ["nothing"]),
        ("until", "01/01/2020"),
        ("until", "soon"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_made(
    browser: Client, field: str, value: object
) -> None:
    answer = browser.post(NEW, {**LIMITS, field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Cục Thống kê" in answer.content.decode() or field == "name"
    assert not ApiToken.objects.exists()


def test_who_may_not_type_makes_no_token_that_writes(
    owner: User, client_of: Callable[[User], Client]
) -> None:
    reader = UserFactory(roles={"committee": ProvinceFactory()})
    answer = client_of(reader).post(NEW, LIMITS)
    assert list(answer.context["form"].errors) == ["may_write"]


def test_a_revoked_token_opens_nothing_and_stays_in_the_list(browser: Client, owner: User) -> None:
    token, key = make_token(TokenEntry("Sở"), by=owner)
    assert call(key, "rounds/").status_code == 200
    assert browser.post(f"/accounts/tokens/{token.pk}/revoke/").status_code == 302
    assert call(key, "rounds/").status_code == 401
    assert "Sở" in browser.get("/accounts/tokens/").content.decode()


def test_the_tokens_of_others_are_not_there(owner: User, browser: Client) -> None:
    token, key = make_token(TokenEntry("Of another"), by=UserFactory())
    assert browser.get(f"/accounts/tokens/{token.pk}/").status_code == 404
    assert browser.post(f"/accounts/tokens/{token.pk}/revoke/").status_code == 404
    assert "Of another" not in browser.get("/accounts/tokens/").content.decode()
    assert call(key, "rounds/").status_code == 200


def test_use_is_told_by_day_and_resource_with_what_was_refused(
    browser: Client, owner: User
) -> None:
    entry = TokenEntry("Sở", resources=("round", "threshold"))
    token, key = make_token(entry, by=owner)
    call(key, "rounds/")
    call(key, "rounds/?wrong=1")
    call(key, "units/")
    call(key, "units/23329/thresholds/")
    answer = browser.get(f"/accounts/tokens/{token.pk}/")
    told = [(row.resource, row.requests, row.refused) for row in answer.context["lines"]]
    assert told == [("round", 2, 1), ("threshold", 1, 0), ("unit", 1, 1)]
    browser.post(f"/accounts/tokens/{token.pk}/revoke/")
    call(key, "rounds/")
    browser.get("/accounts/tokens/")
    assert ApiTokenDay.objects.get(resource="round").refused == 2


def test_the_list_asks_as_often_for_one_token_as_for_many(
    browser: Client, owner: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_token(TokenEntry(f"S{number}"), by=owner)
    with django_assert_max_num_queries(12):
        browser.get("/accounts/tokens/")
