"""Very many values are written in the background, with a place to look and the same answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import ntm_portal.jobs.tasks  # noqa: F401  (what follows a commit is known to the worker)
import programme.tasks  # noqa: F401  (likewise)
from criteria.api import push_views, push_work
from criteria.models import Assessment, IndicatorValue, Measure, ValueChange
from ntm_portal.accounts.models import User
from ntm_portal.jobs.models import Job
from tests.criteria.api.test_push import ADDRESS, client_of, row
from tests.factories import AssessmentFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(officer: User) -> APIClient:
    return client_of(officer, resources=["value"])


@pytest.fixture
def send(
    client: APIClient, django_capture_on_commit_callbacks: Callable[..., Any]
) -> Callable[..., Any]:
    """Return what sends rows and lets the worker do what was begun."""

    def sent(*rows: object, query: str = "", **headers: str) -> Any:  # JSON inside
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                f"{ADDRESS}{query}", {"values": rows}, format="json", headers=headers or None
            )

    return sent


def test_the_answer_is_where_the_first_answer_says(
    assessment: Assessment, measure: Measure, client: APIClient, send: Callable[..., Any]
) -> None:
    answer = send(row(assessment), query="?async=true")
    assert answer.status_code == 202
    assert answer["Retry-After"] == "2"
    job = client.get(answer["Location"]).json()
    assert (job["id"], job["state"], job["steps_done"]) == (answer.json()["id"], "done", 1)
    assert job["result"]["status"] == "saved"
    assert job["result"]["counts"]["changed"] == 1
    assert [item["after"] for item in job["result"]["verdicts"]] == ["met"]
    assert IndicatorValue.objects.get().number == 90


def test_row_by_row_goes_in_lots_and_answers_as_one(
    assessment: Assessment,
    measure: Measure,
    client: APIClient,
    send: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(push_work, "ROWS_AT_ONCE", 2)
    other = AssessmentFactory()
    sent = [row(assessment), "no row", row(assessment, "91"), row(other), row(other, measure="9")]
    answer = send(*sent, query="?async=true&mode=rows")
    result = client.get(answer["Location"]).json()["result"]
    assert result["status"] == "partly"
    assert [(item["row"], item["status"], item.get("code")) for item in result["rows"]] == [
        (0, "changed", None),
        (1, "refused", "invalid-row"),
        (2, "refused", "sent-twice"),
        (3, "changed", None),
        (4, "refused", "unknown-measure"),
    ]
    assert len(result["verdicts"]) == 2
    assert ValueChange.objects.count() == 2


def test_more_rows_than_one_waits_for_go_to_the_background_by_themselves(
    assessment: Assessment,
    measure: Measure,
    send: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(push_views, "IN_PLACE", 1)
    assert send(row(assessment)).status_code == 200
    assert send(row(assessment), "x", query="?mode=rows&async=false").status_code == 200
    assert send(row(assessment), "x").status_code == 202


def test_a_key_begins_the_work_once(
    assessment: Assessment, measure: Measure, send: Callable[..., Any]
) -> None:
    key = {"Idempotency-Key": "kontum-1"}
    first = send(row(assessment), query="?async=true", **key)
    again = send(row(assessment), query="?async=true", **key)
    assert again.status_code == 202
    assert again["Location"] == first["Location"]
    assert again["Idempotency-Replayed"] == "true"
    assert Job.objects.count() == 1


def test_the_work_may_do_no_more_than_its_token(
    assessment: Assessment,
    measure: Measure,
    officer: User,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    elsewhere = AssessmentFactory().unit
    client = client_of(officer, area=elsewhere)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{ADDRESS}?async=true", {"values": [row(assessment)]}, format="json")
    result = client.get(answer["Location"]).json()["result"]
    assert [item["code"] for item in result["rows"]] == ["unknown-assessment"]
    assert client_of(officer).get(answer["Location"]).status_code == 404
