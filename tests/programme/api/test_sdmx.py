"""Summaries as SDMX-CSV 2.0: one observation for each counter."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.rollup.counters import COUNTERS
from tests.api_client import ApiReader, reader_of
from tests.factories import NationFactory, ProvinceFactory, RoundFactory, UnitFactory
from tests.programme.api.test_views import summary

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> ApiReader:
    return reader_of(NationFactory(), "committee")


def observations(reader: ApiReader, **query: str) -> list[dict[str, Any]]:
    response = reader.get("summaries/sdmx/", **query)
    assert response.status_code == 200
    text = response.getvalue().decode()
    return list(csv.DictReader(text.splitlines()))


def test_each_counter_is_an_observation(reader: ApiReader) -> None:
    published = RoundFactory(code="2020-Q4", status="published")
    odd = RoundFactory(code="giữa kỳ", reference_date=date(2021, 3, 31))
    summary(ProvinceFactory(), published, certified=7)
    summary(ProvinceFactory(), odd, "verified")
    found = observations(reader, unit="62")
    assert len(found) == 2 * len(COUNTERS)
    certified = [row for row in found if row["INDICATOR"] == "CERTIFIED"]
    assert certified == [
        {
            "STRUCTURE": "dataflow",
            "STRUCTURE_ID": "NTM:DF_SUMMARIES(1.0)",
            "ACTION": "I",
            "FREQ": freq,
            "REF_AREA": "62",
            "INDICATOR": "CERTIFIED",
            "BASIS": basis,
            "TIME_PERIOD": period,
            "OBS_VALUE": value,
            "OBS_STATUS": status,
            "UNIT_MEASURE": "NUMBER",
        }
        for freq, basis, period, value, status in (
            ("Q", "REPORTED", "2020-Q4", "7", "A"),
            ("D", "VERIFIED", "2021-03-31", "0", "P"),
        )
    ]


def test_it_is_narrowed_as_the_list_and_asks_once(reader: ApiReader) -> None:
    for _turn in range(30):
        summary(UnitFactory())
    summary(ProvinceFactory())
    reader.get("rounds/")  # the first use of a token is written down
    with CaptureQueriesContext(connection) as many:
        assert len(observations(reader, level="commune")) == 30 * len(COUNTERS)
    with CaptureQueriesContext(connection) as one:
        assert len(observations(reader, level="province")) == len(COUNTERS)
    assert len(many) == len(one)


def test_its_own_type_is_agreed_on_and_refusals_are_problems(reader: ApiReader) -> None:
    address = "/api/v1/summaries/sdmx/"
    taken = reader.client.get(address, headers={"accept": "application/vnd.sdmx.data+csv"})
    assert taken["Content-Type"].startswith("application/vnd.sdmx.data+csv; version=2.0.0")
    for query in ("rund=1", "map=today", "page_size=5"):
        response = reader.client.get(f"{address}?{query}")
        assert response.status_code == 400, query
        assert response["Content-Type"] == "application/problem+json"
