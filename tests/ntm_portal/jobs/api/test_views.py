"""Work in the background over the API."""

from __future__ import annotations

import pytest
from rest_framework.request import Request
from rest_framework.test import APIClient, APIRequestFactory

from ntm_portal.accounts.token_models import ApiToken
from ntm_portal.jobs import running
from ntm_portal.jobs.api.views import accepted
from ntm_portal.jobs.services import start
from tests.factories import NationFactory, UserFactory

pytestmark = pytest.mark.django_db


def client_with(key: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    return client


def test_it_is_accepted_with_a_place_to_look() -> None:
    job = start("count", {"to": 3}, by=UserFactory())
    answer = accepted(job, Request(APIRequestFactory().get("/api/v1/values/")))
    assert answer.status_code == 202
    assert answer["Location"].endswith(f"/api/v1/jobs/{job.pk}/")
    assert answer["Retry-After"] == "2"
    assert (answer.data["state"], answer.data["id"]) == ("queued", job.pk)


def test_it_is_told_until_it_is_done() -> None:
    owner = UserFactory(roles={"officer": NationFactory()})
    client = client_with(ApiToken.issue(owner))
    job = start("count", {"to": 3}, by=owner, token=ApiToken.objects.get())
    assert client.get(f"/api/v1/jobs/{job.pk}/").json()["state"] == "queued"
    running.run(job.pk)
    told = client.get(f"/api/v1/jobs/{job.pk}/").json()
    assert (told["state"], told["result"], told["file"]) == ("done", {"sum": 6}, None)
    assert client.get(f"/api/v1/jobs/{job.pk}/result/").status_code == 404


def test_its_file_is_handed_out() -> None:
    owner = UserFactory()
    client = client_with(ApiToken.issue(owner))
    job = start("paper", {}, by=owner, token=ApiToken.objects.get())
    running.run(job.pk)
    address = client.get(f"/api/v1/jobs/{job.pk}/").json()["file"]
    assert b"".join(client.get(address)).decode() == "Nước"


def test_a_token_sees_only_what_it_began() -> None:
    owner = UserFactory()
    mine, other = (client_with(ApiToken.issue(owner, name=name)) for name in ("a", "b"))
    job = start("count", {"to": 3}, by=owner, token=ApiToken.objects.get(name="a"))
    address = f"/api/v1/jobs/{job.pk}/"
    assert (mine.get(address).status_code, other.get(address).status_code) == (200, 404)


def test_to_anybody_else_it_is_not_there() -> None:
    job = start("count", {"to": 3}, by=UserFactory())
    client = client_with(ApiToken.issue(UserFactory(is_superuser=True)))
    assert client.get(f"/api/v1/jobs/{job.pk}/").status_code == 404
