"""The same holds for every list; the list of assessments stands for them."""

from typing import Any

import pytest

from criteria.api.serializers import AssessmentSerializer
from tests.api_client import ApiReader, reader_of
from tests.factories import NationFactory, RoundFactory

FIELDS = [*AssessmentSerializer().fields]
pytestmark = pytest.mark.django_db
KNOWN = [
    *("bom", "count", "criteria_set", "cursor", "fields", "format", "page_size", "round"),
    *("separator", "status", "unit", "within"),
]


@pytest.fixture
def reader() -> ApiReader:
    return reader_of(NationFactory(), "committee")


def refusal(reader: ApiReader, address: str = "assessments/") -> dict[str, Any]:
    response = reader.client.get(f"/api/v1/{address}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    return problem


def test_an_unknown_parameter_is_named_with_the_known_ones(reader: ApiReader) -> None:
    assert refusal(reader, "assessments/?rund=2020-Q4") == {
        "type": "about:blank",
        "title": "Not understood",
        "status": 400,
        "code": "invalid-query",
        "detail": f"There is no parameter “rund” here. Known are: {', '.join(KNOWN)}.",
        "errors": [
            {
                "pointer": "#/query/rund",
                "code": "unknown-parameter",
                "detail": f"There is no parameter “rund” here. Known are: {', '.join(KNOWN)}.",
                "allowed": KNOWN,
            }
        ],
    }


@pytest.mark.parametrize(
    ("query", "parameter", "code", "allowed"),
    [
        ("status=lost", "status", "invalid-choice", ["draft", "submitted", "verified", "returned"]),
        ("round=2020-Q9", "round", "invalid-choice", ["2020-Q4"]),
        ("unit=99999", "unit", "unknown-unit", None),
        ("within=%00", "within", "null-characters-not-allowed", None),
        ("unit=", "unit", "empty-parameter", None),
        ("status=draft&status=verified", "status", "repeated-parameter", None),
        ("format=xml", "format", "invalid-choice", ["json", "csv", "ndjson"]),
        ("format=csv&bom=yes", "bom", "invalid-choice", ["true", "false"]),
        ("fields=id,nome", "fields", "unknown-field", FIELDS),
    ],
)
def test_what_cannot_be_read_is_refused_and_never_ignored(
    reader: ApiReader, query: str, parameter: str, code: str, allowed: list[str] | None
) -> None:
    RoundFactory()
    (error,) = refusal(reader, f"assessments/?{query}")["errors"]
    assert (error["pointer"], error["code"]) == (f"#/query/{parameter}", code)
    assert error.get("allowed") == allowed


def test_everything_that_is_wrong_is_said_at_once(reader: ApiReader) -> None:
    problem = refusal(reader, "assessments/?rund=1&status=lost&unit=")
    assert {error["pointer"] for error in problem["errors"]} == {
        "#/query/rund",
        "#/query/status",
        "#/query/unit",
    }
    assert all(error["detail"] in problem["detail"] for error in problem["errors"])


def test_one_row_takes_no_parameters_of_the_list(reader: ApiReader) -> None:
    RoundFactory()
    (error,) = refusal(reader, "rounds/2020-Q4/?page_size=5")["errors"]
    assert error["code"] == "unknown-parameter"
    assert error["allowed"] == ["fields"]
