from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from ntm_portal.accounts.token_models import ApiToken
from tests.factories import NationFactory, UserFactory

pytestmark = pytest.mark.django_db


def client_with(header: str) -> APIClient:
    client = APIClient(HTTP_ACCEPT_LANGUAGE="en")
    client.credentials(HTTP_AUTHORIZATION=header)
    return client


def test_only_a_digest_of_the_token_is_kept() -> None:
    key = ApiToken.issue(UserFactory())
    row = ApiToken.objects.values().get()
    assert key.startswith("ntm_")
    assert len(key) > 40
    assert all(key not in str(value) for value in row.values())
    assert row["digest"] == ApiToken.digest_of(key)


@pytest.mark.parametrize("word", ["Token", "token", "Bearer"])
def test_a_token_signs_its_owner_in(word: str) -> None:
    key = ApiToken.issue(UserFactory(roles={"committee": NationFactory()}))
    assert client_with(f"{word} {key}").get("/api/v1/rounds/").status_code == 200


@pytest.mark.parametrize("header", ["Token", "Token a b", "Token ntm_unknown", "Token é"])
def test_a_token_that_is_not_known_is_told_so(header: str) -> None:
    response = client_with(header).get("/api/v1/rounds/")
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == "Token"
    assert response.json() == {
        "type": "about:blank",
        "title": "Not signed in",
        "status": 401,
        "code": "authentication-failed",
        "detail": "This token is not known here, or it was revoked.",
    }


def test_a_revoked_token_opens_nothing() -> None:
    key = ApiToken.issue(UserFactory())
    ApiToken.objects.update(revoked_at=timezone.now())
    response = client_with(f"Token {key}").get("/api/v1/rounds/")
    assert response.status_code == 401
    assert response.json()["code"] == "authentication-failed"


def test_a_token_ends_with_its_owner() -> None:
    owner = UserFactory()
    key = ApiToken.issue(owner)
    owner.is_active = False
    owner.save()
    assert client_with(f"Token {key}").get("/api/v1/rounds/").status_code == 401


@pytest.mark.parametrize(("minutes", "is_noted"), [(4, False), (6, True)])
def test_the_use_of_a_token_is_noted_but_not_with_every_request(
    minutes: int, is_noted: bool
) -> None:
    key = ApiToken.issue(UserFactory())
    before = timezone.now() - timedelta(minutes=minutes)
    ApiToken.objects.update(last_used_at=before)
    client_with(f"Token {key}").get("/api/v1/rounds/")
    assert (ApiToken.objects.get().last_used_at != before) is is_noted


def test_the_first_use_of_a_token_is_noted() -> None:
    key = ApiToken.issue(UserFactory())
    client_with(f"Token {key}").get("/api/v1/rounds/")
    assert ApiToken.objects.get().last_used_at is not None
