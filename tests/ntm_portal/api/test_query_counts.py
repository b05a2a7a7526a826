"""Every list of the API asks the database as often for many rows as for one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ntm_portal.accounts.models import User
from tests.api_client import ApiReader, reader_of
from tests.factories import NationFactory, UnitFactory
from tests.ntm_portal.api.plenty import make
from tests.ntm_portal.api.test_every_list import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
MANY = 32
# How many rows there are at least, where not as many as units.
ROWS = {"values": 1000, "summaries": 1000, "verdicts": 1000, "tallies": 1000}
# How a list is asked for more rows than it gives unasked; the others have no pages.
BY_PAGE, BY_LIMIT, UNPAGED = {"page_size": "1000"}, {"limit": "1000"}, {"paging": "false"}
WITHOUT_PAGES = {"geojson", "sdmx"}
OF_ONE_SET = {"criteria_set": "invented"}
FORMS = ("json", "csv", "ndjson")


def cases() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield each list in each of its forms: its address, its name and what is asked of it."""
    for address, view in LISTS.items():
        name = address.removeprefix("/api/v1/").strip("/")
        if name.startswith("dhis2/"):
            yield address, name, UNPAGED
        elif name == "changes":
            yield address, name, BY_LIMIT
        elif name == "units/23329/thresholds":
            yield address, name, OF_ONE_SET
        elif name.rpartition("/")[2] in WITHOUT_PAGES:
            yield address, name, {}
        else:
            offered = {each.format for each in view(action="list").get_renderers()}
            yield from ((address, name, BY_PAGE | {"format": f}) for f in FORMS if f in offered)


CASES = list(cases())


def rows_in(response: Any) -> int:
    """Return how many rows an answer holds, whatever its form."""
    text: str = response.getvalue().decode()
    if response["Content-Type"].startswith(("text/csv", "application/vnd.sdmx")):
        return text.count("\r\n") - 1
    if response["Content-Type"] == "application/x-ndjson":
        return text.count("\n")
    body = json.loads(text)
    return max(
        len(part)
        for part in ([body] if isinstance(body, list) else body.values())
        if isinstance(part, list)
    )


def asked(reader: ApiReader) -> dict[tuple[str, str], tuple[int, int]]:
    """Return how many queries and how many rows each list took, by its address and form."""
    reader.get("rounds/")  # the token's first use is written down
    found = {}
    for address, _name, query in CASES:
        with CaptureQueriesContext(connection) as queries:
            response = reader.client.get(address, query)
            assert response.status_code == 200, (address, response.content)
            rows = rows_in(response)
        found[address, query.get("format", "")] = len(queries), rows
    return found


def test_every_list_asks_as_often_for_many_rows_as_for_one() -> None:
    UnitFactory(code="23329")
    reader = reader_of(NationFactory(), "committee")
    owner = User.objects.get()
    make(1, owner)
    one = asked(reader)
    make(MANY, owner)
    many = asked(reader)
    assert {key: rows for key, (_queries, rows) in one.items() if not rows} == {}
    fewest = {address: ROWS.get(name.split("/")[0], MANY) for address, name, _query in CASES}
    assert {key: rows for key, (_queries, rows) in many.items() if rows < fewest[key[0]]} == {}
    assert {key: queries for key, (queries, _rows) in one.items()} == {
        key: queries for key, (queries, _rows) in many.items()
    }
    assert len(set(LISTS.values())) >= 27
    assert len(LISTS) >= 37
    assert len(one) == len(CASES) >= 70
