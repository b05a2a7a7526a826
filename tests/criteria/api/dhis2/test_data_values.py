"""Data value sets as DHIS2 sends them: written, and answered in its own words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from criteria.api.dhis2.identities import ELEMENT, UNIT, element_code, uid_of
from criteria.models import Assessment, IndicatorValue, Measure, ReportingRound
from criteria.models.evidence import ValueNote
from ntm_portal.accounts.models import User
from ntm_portal.accounts.token_models import ApiToken
from tests.criteria.api.test_push import client_of
from tests.factories import AssessmentFactory, ProvinceFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/dhis2/dataValueSets"


def value(assessment: Assessment, number: str = "90.5", **more: object) -> dict[str, Any]:
    place = {"orgUnit": assessment.unit.code, "period": "2020Q4"}
    return {"dataElement": "5", "value": number} | place | more


def send(owner: User, *values: object, query: str = "", **head: object) -> Any:  # JSON inside
    body = {"dataValues": values} | head
    return client_of(owner).post(f"{ADDRESS}{query}", body, format="json")


def counts(response: Any) -> tuple[int, int, int, int]:
    found = response.json()["response"]["importCount"]
    return tuple(found[name] for name in ("imported", "updated", "ignored", "deleted"))


def codes(response: Any) -> list[tuple[str, str, list[int]]]:
    return [
        (item["errorCode"], item["property"], item["indexes"])
        for item in response.json()["response"]["conflicts"]
    ]


def test_values_are_written_and_sending_them_again_changes_nothing(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    first = send(officer, value(assessment))
    assert first.status_code == 200
    assert first.json()["httpStatus"] == "OK"
    assert first.json()["response"]["status"] == "SUCCESS"
    assert counts(first) == (1, 0, 0, 0)
    assert counts(send(officer, value(assessment))) == (0, 0, 1, 0)
    assert counts(send(officer, value(assessment, "91"))) == (0, 1, 0, 0)
    assert IndicatorValue.objects.get().number == 91
    assert counts(send(officer, value(assessment, deleted=True))) == (0, 0, 0, 1)
    assert IndicatorValue.objects.get().number is None


def test_identifiers_are_uids_or_codes_and_the_head_goes_for_all(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    code = element_code(assessment.criteria_set.code, "5")
    sent = {"dataElement": uid_of(ELEMENT, code), "value": "true"}
    head = {"orgUnit": uid_of(UNIT, assessment.unit.code), "period": "2020-Q4"}
    response = send(officer, sent, dataSet="x", completeDate="2020-12-31", **head)
    assert counts(response) == (1, 0, 0, 0)
    assert response.json()["response"]["dataSetComplete"] == "false"
    assert IndicatorValue.objects.get().number == 1
    by_code = send(officer, {**sent, **head, "value": "2"}, query="?orgUnitIdScheme=code")
    assert codes(by_code) == [("E7612", "orgUnit", [0])]


def test_what_is_refused_has_the_code_of_dhis2_and_the_rest_is_written(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    other = AssessmentFactory()
    response = send(
        officer,
        value(assessment, dataElement="9999"),
        value(assessment, period="1999Q1"),
        value(assessment, orgUnit="00000"),
        value(assessment, "much"),
        value(assessment, ""),
        value(assessment, "101"),
        value(assessment, categoryOptionCombo="Prlt0C1RF0s"),
        value(assessment, followup=True),
        "no value",
        value(other, categoryOptionCombo="default", attributeOptionCombo="HllvX50cXC0"),
        value(assessment, dataElement="9998"),
    )
    assert response.status_code == 409
    assert response.json()["status"] == "WARNING"
    assert codes(response) == [
        ("E7610", "dataElement", [0]),
        ("E7611", "period", [1]),
        ("E7612", "orgUnit", [2]),
        ("E7619", "value", [3]),
        ("E7618", "dataElement", [4]),
        ("E7619", "value", [5]),
        ("E7613", "categoryOptionCombo", [6]),
        ("follow-up", "value", [7]),
        ("E7610", "dataElement", [8]),
        ("E7610", "dataElement", [10]),
    ]
    assert response.json()["response"]["rejectedIndexes"] == [*range(9), 10]
    assert counts(response) == (1, 0, 10, 0)
    assert IndicatorValue.objects.get().assessment == other


def test_csv_is_read_by_the_position_of_its_columns(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    text = f'"de","pe","ou","coc","aoc","value"\n5,2020Q4,{assessment.unit.code},,,90.5\n'
    for kind in ("application/csv", "text/csv"):
        response = client_of(officer).post(ADDRESS, text.encode(), content_type=kind)
        assert response.status_code == 200, response.json()
    assert IndicatorValue.objects.get().number == Decimal("90.5")


@pytest.mark.parametrize(
    ("strategy", "first", "second"),
    [
        ("CREATE", (1, 0, 0, 0), (0, 0, 1, 0)),
        ("UPDATE", (0, 0, 1, 0), (0, 0, 1, 0)),
        ("create_and_update", (1, 0, 0, 0), (0, 1, 0, 0)),
    ],
)
def test_a_strategy_leaves_alone_what_it_is_not_for(
    assessment: Assessment,
    measure: Measure,
    officer: User,
    strategy: str,
    first: tuple[int, ...],
    second: tuple[int, ...],
) -> None:
    query = f"?importStrategy={strategy}"
    assert counts(send(officer, value(assessment), query=query)) == first
    assert counts(send(officer, value(assessment, "80"), query=query)) == second
    assert counts(send(officer, value(assessment), query="?importStrategy=DELETE"))[3] == (
        IndicatorValue.objects.exists()
    )


def test_a_dry_run_keeps_nothing(assessment: Assessment, measure: Measure, officer: User) -> None:
    assert counts(send(officer, value(assessment), query="?dryRun=true")) == (1, 0, 0, 0)
    assert not IndicatorValue.objects.exists()


def test_a_comment_is_noted_once(assessment: Assessment, measure: Measure, officer: User) -> None:
    for _turn in range(2):
        send(officer, value(assessment, comment="Theo biên bản"))
    note = ValueNote.objects.get()
    assert (note.text, note.by, note.measure) == ("Theo biên bản", officer, measure)


def test_after_the_round_has_closed_the_comment_says_why(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    ReportingRound.objects.update(status="closed")
    response = send(officer, value(assessment))
    assert codes(response) == [("E7643", "period", [0])]
    assert "say why you enter after that" in response.json()["response"]["conflicts"][0]["value"]
    assert not IndicatorValue.objects.exists()
    send(officer, value(assessment, comment="Xã mất mạng một tuần"))
    late = IndicatorValue.objects.get().late
    assert late
    assert (late.reason, late.by) == ("Xã mất mạng một tuần", officer)
    send(officer, value(assessment, "91"))  # once for an assessment is enough
    assert IndicatorValue.objects.get().number == 91


@pytest.mark.parametrize("query", ["?force=true", "?skipAudit=true", "?colour=1", "?dryRun=x"])
def test_what_would_be_unsafe_or_is_unknown_is_refused_by_name(officer: User, query: str) -> None:
    response = send(officer, query=query)
    name = query[1:].partition("=")[0]
    assert response.status_code == 400
    assert [item["pointer"] for item in response.json()["errors"]] == [f"#/query/{name}"]


def test_nobody_writes_beyond_her_area(assessment: Assessment, measure: Measure) -> None:
    neighbour = UserFactory(roles={"officer": ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh")})
    assert codes(send(neighbour, value(assessment))) == [("E7612", "orgUnit", [0])]
    reviewer = UserFactory(roles={"verifier": ProvinceFactory()})
    assert codes(send(reviewer, value(assessment))) == [("E7617", "orgUnit", [0])]
    client = client_of(reviewer, resources=["unit"])
    assert client.post(ADDRESS, {}, format="json").json()["code"] == "token-not-for-this"


def test_the_scheme_of_dhis2_signs_in(assessment: Assessment, officer: User) -> None:
    key = ApiToken.issue(officer, may_write=True)
    client = APIClient(headers={"authorization": f"ApiToken {key}"})
    assert client.post(f"{ADDRESS}.json", {"dataValues": []}, format="json").status_code == 200


def test_statements_do_not_grow_with_the_values(measure: Measure, officer: User) -> None:
    found = []
    for count in (1, 30):
        sent = [value(AssessmentFactory(), comment="x") for _turn in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assert counts(send(officer, *sent))[0] == count
        found.append(len(queries))
    assert found[0] == found[1]
