import re

import pytest

from criteria.models import ReportingRound
from tests.api_client import ApiReader, reader_of
from tests.factories import NationFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> ApiReader:
    return reader_of(NationFactory(), "committee")


def codes(page: dict[str, list[dict[str, str]]]) -> list[str]:
    return [row["code"] for row in page["results"]]


def test_no_row_is_skipped_or_shown_twice_while_rows_are_written(reader: ApiReader) -> None:
    old = [UnitFactory() for _number in range(6)]
    page = reader.get("units/", kind="commune", page_size=2).json()
    seen = codes(page)
    while page["next"]:
        if len(seen) == 2:
            old[0].delete()
            UnitFactory(code="00001", name="Xã Mới")
        page = reader.client.get(page["next"]).json()
        seen += codes(page)
    assert seen == [*(unit.code for unit in old), "00001"]


def test_pages_lead_back_as_they_lead_on(reader: ApiReader) -> None:
    for _number in range(3):
        UnitFactory()
    first = reader.get("units/", kind="commune", page_size=2).json()
    second = reader.client.get(first["next"]).json()
    assert first["previous"] is None
    assert second["next"] is None
    assert codes(reader.client.get(second["previous"]).json()) == codes(first)


def test_rows_are_counted_only_when_asked(reader: ApiReader) -> None:
    UnitFactory()
    assert reader.get("units/", page_size=1).json()["count"] is None
    assert reader.get("units/", page_size=1, count="true").json()["count"] == 4
    assert reader.get("units/", page_size=1, count="false").json()["count"] is None


@pytest.mark.parametrize(
    "query",
    [
        "page_size=0",
        "page_size=1001",
        "page_size=-1",
        "page_size=ten",
        "page_size=" + "9" * 5000,
        "count=yes",
        "cursor=!!!",
        "cursor=YWJj",  # abc
        "cursor=cD1hYmM=",  # p=abc
        "cursor=é",
    ],
)
def test_paging_parameters_are_refused_and_never_adjusted(reader: ApiReader, query: str) -> None:
    response = reader.client.get(f"/api/v1/units/?{query}")
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["pointer"] == f"#/query/{query.partition('=')[0]}"


def test_the_largest_page_is_allowed(reader: ApiReader) -> None:
    assert len(reader.rows("units/", page_size=1000)) == 1


def test_a_cursor_says_only_where_to_go_on(reader: ApiReader) -> None:
    ReportingRound.objects.bulk_create(
        ReportingRound(
            code=f"20{n}", reference_date=f"20{n}-12-31", opens_on="2020-01-01", due_on="2020-02-01"
        )
        for n in range(10, 13)
    )
    link = reader.get("rounds/", page_size=1).json()["next"]
    assert re.search(r"[?&]cursor=[A-Za-z0-9%]+&page_size=1$", link)
