"""Values that another system sends: in order, all or by rows, tried, once, and never unseen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from criteria.models import Assessment, IndicatorValue, Measure, ValueChange
from ntm_portal.accounts.models import User
from ntm_portal.accounts.token_models import ApiToken, KeptReply
from tests.factories import AssessmentFactory, ProvinceFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/values/"


def client_of(owner: User, **given: Any) -> APIClient:  # the fields of a token
    client = APIClient(HTTP_ACCEPT_LANGUAGE="en")
    key = ApiToken.issue(owner, **{"may_write": True} | given)
    client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    return client


def row(assessment: Assessment, number: object = "90", **more: object) -> dict[str, Any]:
    sent = {"unit": assessment.unit.code, "round": assessment.round.code, "measure": "5"}
    return sent | {"number": number} | more


def push(owner: User, *rows: object, query: str = "", **headers: str) -> Any:  # JSON inside
    return client_of(owner).post(
        f"{ADDRESS}{query}", {"values": rows}, format="json", headers=headers or None
    )


def fates(response: Any) -> list[tuple[str, str | None]]:
    return [(item["status"], item.get("code")) for item in response.json()["rows"]]


def numbers() -> list[Decimal | None]:
    return list(IndicatorValue.objects.order_by("assessment_id").values_list("number", flat=True))


def test_values_are_written_signed_judged_and_answered_in_order(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    other = AssessmentFactory()
    response = push(officer, row(other, 90), row(assessment, "90.5"))
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "saved"
    assert body["counts"] == {"changed": 2, "unchanged": 0, "held_back": 0, "refused": 0}
    assert [item["row"] for item in body["rows"]] == [0, 1]
    assert {item["after"] for item in body["verdicts"]} == {"met"}
    assert sorted(numbers(), key=str) == [Decimal(90), Decimal("90.5")]
    assert set(ValueChange.objects.values_list("channel", "by")) == {("api", officer.pk)}


def test_what_stands_already_is_unchanged(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    push(officer, row(assessment))
    assert fates(push(officer, row(assessment, "90.0"))) == [("unchanged", None)]
    assert ValueChange.objects.count() == 1


def test_all_or_nothing_holds_back_what_holds(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    response = push(officer, row(assessment), row(assessment, measure="9999"), "no row")
    assert response.status_code == 422
    assert response.json()["status"] == "refused"
    assert fates(response) == [
        ("held_back", None),
        ("held_back", None),
        ("refused", "invalid-row"),
    ]
    assert numbers() == []


def test_row_by_row_writes_what_holds(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    response = push(
        officer,
        row(assessment, "much"),
        row(assessment, measure="9999"),
        row(assessment),
        row(assessment, "91"),
        row(assessment, unit="00000"),
        row(assessment, not_assessed=True),
        query="?mode=rows",
    )
    assert response.status_code == 200
    assert response.json()["status"] == "partly"
    assert fates(response) == [
        ("refused", "invalid-row"),
        ("refused", "unknown-measure"),
        ("changed", None),
        ("refused", "sent-twice"),
        ("refused", "unknown-assessment"),
        ("refused", "invalid-row"),
    ]
    assert numbers() == [Decimal(90)]


def test_a_dry_run_shows_the_verdicts_and_keeps_nothing(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    body = push(officer, row(assessment), query="?dry_run=true").json()
    assert body["status"] == "tried"
    assert [(item["criterion"], item["after"]) for item in body["verdicts"]] == [("5", "met")]
    assert numbers() == []
    assert not ValueChange.objects.exists()


def test_a_conflict_tells_both_values(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    push(officer, row(assessment, "90"))
    push(officer, row(assessment, "91", version=1))
    response = push(officer, row(assessment, "92", version=1))
    assert response.status_code == 409
    refused = response.json()["rows"][0]
    assert (refused["code"], refused["mine"], refused["theirs"], refused["version"]) == (
        *("conflict", "92", "91", 2),
    )
    assert numbers() == [Decimal(91)]


def test_a_key_does_it_once(assessment: Assessment, measure: Measure, officer: User) -> None:
    first = push(officer, row(assessment), **{"Idempotency-Key": "a"})
    push(officer, row(assessment, "91"))
    again = push(officer, row(assessment), **{"Idempotency-Key": "a"})
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    assert numbers() == [Decimal(91)]
    other = push(officer, row(assessment, "93"), **{"Idempotency-Key": "a"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    long = push(officer, row(assessment), **{"Idempotency-Key": "a" * 201})
    assert (long.status_code, long.json()["code"]) == (400, "bad-idempotency-key")
    assert KeptReply.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "unit,round,measure,number\n{unit},{round},5,90.5\n",
        "\ufeffunit;round;measure;number\r\n{unit};{round};5;90,5\r\n",
    ],
)
def test_csv_is_read_with_commas_or_as_excel_writes_it(
    assessment: Assessment, measure: Measure, officer: User, text: str
) -> None:
    sent = text.format(unit=assessment.unit.code, round=assessment.round.code)
    response = client_of(officer).post(ADDRESS, sent.encode(), content_type="text/csv")
    assert response.status_code == 200, response.json()
    assert numbers() == [Decimal("90.5")]


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "parse-error"),
        (b"[]", "application/json", 400, "invalid-body"),
        (b'{"values": []}', "application/json", 400, "invalid-body"),
        (b"unit,colour\n1,2\n", "text/csv", 400, "parse-error"),
        (b"\xff\xfe", "text/csv", 400, "parse-error"),
        (b"<x/>", "application/xml", 415, "unsupported-media-type"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(
    officer: User, body: bytes, kind: str, status: int, code: str
) -> None:
    response = client_of(officer).post(ADDRESS, body, content_type=kind)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_an_unknown_parameter_is_named(officer: User) -> None:
    response = push(officer, "x", query="?mode=most&dryrun=true")
    assert response.status_code == 400
    assert [item["pointer"] for item in response.json()["errors"]] == [
        "#/query/mode",
        "#/query/dryrun",
    ]


def test_nobody_writes_beyond_her_area_or_token(assessment: Assessment, measure: Measure) -> None:
    neighbour = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh")
    stranger = UserFactory(roles={"officer": neighbour})
    assert fates(push(stranger, row(assessment))) == [("refused", "unknown-assessment")]
    reviewer = UserFactory(roles={"verifier": ProvinceFactory()})
    assert fates(push(reviewer, row(assessment))) == [("refused", "not-allowed")]
    reader = client_of(UserFactory(roles={"officer": ProvinceFactory()}), may_write=False)
    response = reader.post(ADDRESS, {"values": [row(assessment)]}, format="json")
    assert (response.status_code, response.json()["code"]) == (403, "token-reads-only")
    assert APIClient().post(ADDRESS, {}, format="json").status_code == 401
    assert numbers() == []


def test_statements_do_not_grow_with_the_rows(measure: Measure, officer: User) -> None:
    found = []
    for count in (1, 30):
        sent = [row(AssessmentFactory(unit=UnitFactory())) for _ in range(count)]
        client = client_of(officer)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.post(ADDRESS, {"values": sent}, format="json")
        assert response.json()["counts"]["changed"] == count
        found.append(len(queries))
    assert found[0] == found[1]
