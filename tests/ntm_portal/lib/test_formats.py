"""Every list in every format: the same rows, the fields asked for, nothing twice."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communes.models import Designation, Succession
from criteria.models import CriterionVerdict, Outcome
from programme.models import CriterionTally, Summary
from tests.api_client import ApiReader, reader_of
from tests.factories import (
    AssessmentFactory,
    NationFactory,
    RecognitionFactory,
    RoundFactory,
    ThresholdFactory,
    UnitFactory,
    ValueFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
LISTS = [
    *("assessments/", "criteria-sets/", "designations/", "measures/", "recognitions/", "rounds/"),
    *("successions/", "summaries/", "tallies/", "thresholds/", "units/", "values/", "verdicts/"),
]


def make_rows(many: int) -> None:
    """Put so many rows, and what they rest on, at every address of a list."""
    for _number in range(many):
        value = ValueFactory(number=Decimal("61.5"))
        assessment, criterion = value.assessment, value.measure.indicator.criterion
        outcome = Outcome.objects.create(assessment=assessment, basis="reported")
        CriterionVerdict.objects.create(outcome=outcome, criterion=criterion, verdict="met")
        where = {"unit": assessment.unit, "round": assessment.round, "basis": "reported"}
        Summary.objects.create(**where, computed_at=value.updated_at)
        CriterionTally.objects.create(**where, criterion=criterion)
        ThresholdFactory(measure=value.measure)
        RecognitionFactory(unit=assessment.unit)
        Designation.objects.create(
            unit=assessment.unit, kind="poor", valid_from="2019-01-01", legal_ref="QĐ 1"
        )
        Succession.objects.create(
            predecessor=assessment.unit,
            successor=UnitFactory(),
            kind="merge",
            effective_date="2025-07-01",
        )


@pytest.fixture
def reader() -> ApiReader:
    return reader_of(NationFactory(), "committee")


def body(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


@pytest.mark.parametrize("address", LISTS)
def test_every_format_holds_the_same_rows(reader: ApiReader, address: str) -> None:
    make_rows(2)
    rows = reader.rows(address)
    assert rows
    lines = body(reader.get(address, format="ndjson")).splitlines()
    table = list(csv.DictReader(io.StringIO(body(reader.get(address, format="csv")))))
    assert len(lines) == len(table) == len(rows)
    if address != "assessments/":  # what it nests is columns of their own there
        assert [json.loads(line) for line in lines] == rows
        assert list(table[0]) == list(rows[0])


def test_only_the_fields_asked_for_are_read(reader: ApiReader) -> None:
    make_rows(1)
    reader.get("rounds/")
    with CaptureQueriesContext(connection) as queries:
        rows = reader.rows("values/", fields="number,unit")
    assert list(rows[0]) == ["number", "unit"]
    assert rows[0]["number"] == "61.5"
    assert '"measure"' not in queries[-1]["sql"].split("FROM")[0]


def test_one_row_gives_only_the_fields_asked_for(reader: ApiReader) -> None:
    RoundFactory()
    assert reader.get("rounds/2020-Q4/", fields="code").json() == {"code": "2020-Q4"}
    assert reader.get("rounds/2020-Q4/", fields="nome").status_code == 400


def test_excel_in_vietnamese_reads_it(reader: ApiReader) -> None:
    make_rows(1)
    query: dict[str, str] = {"format": "csv", "bom": "true", "separator": "semicolon"}
    response = reader.get("values/", fields="unit_name,number,is_carried", **query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    head, line, _end = body(response).split("\r\n")
    assert head == "\ufeffnumber;is_carried;unit_name"
    assert line.startswith("61,5;false;Xã")


def test_a_text_that_excel_would_compute_stays_a_text(reader: ApiReader) -> None:
    UnitFactory(name="=1+1", code="00009")
    query: dict[str, str] = {"format": "csv", "code": "00009", "fields": "name"}
    assert body(reader.get("units/", **query)) == "name\r\n=1+1\r\n"
    assert body(reader.get("units/", bom="true", **query)) == "\ufeffname\r\n'=1+1\r\n"


def test_the_accept_header_chooses_as_well(reader: ApiReader) -> None:
    RoundFactory()
    response = reader.client.get("/api/v1/rounds/", HTTP_ACCEPT="application/x-ndjson")
    assert json.loads(body(response))["code"] == "2020-Q4"
    assert response["Content-Type"] == "application/x-ndjson"


def test_what_has_not_changed_is_not_sent_again(
    reader: ApiReader, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    make_rows(1)
    first = reader.get("summaries/")
    with django_assert_max_num_queries(4):  # token, roles, ledger, marks
        again = reader.client.get("/api/v1/summaries/", HTTP_IF_NONE_MATCH=f"W/{first['ETag']}")
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    other = reader.client.get("/api/v1/summaries/?level=nation", HTTP_IF_NONE_MATCH=first["ETag"])
    assert other.status_code == 200


def test_links_lead_on_in_a_header_too(reader: ApiReader) -> None:
    AssessmentFactory()
    response = reader.get("units/", page_size=1)
    assert response["Link"] == f'<{response.json()["next"]}>; rel="next"'
