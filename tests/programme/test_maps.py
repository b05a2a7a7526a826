"""Every page of a place and every list of figures takes the map of the round, or today's."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communes.models import AdministrativeUnit
from criteria.models import Criterion, Measure
from ntm_portal.accounts.models import User
from programme.models import Target
from tests.api_client import ApiReader, reader_of
from tests.factories import NationFactory, UserFactory

PAGES = ["", "communes/", "criteria/", "{}/", "{}/{}/", "act/", "what-if/", "targets/share/"]


@pytest.fixture
def committee(rounds: list[str], client_of: Callable[[User], Client]) -> Client:
    """A reader of the whole country, in English; the nation has a target."""
    Target.objects.create(
        code="share",
        metric="cooperatives_effective",
        comparator=">=",
        value=5,
        due_on="2030-12-31",
        name="Mục tiêu",
        legal_ref="NQ 0",
    )
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def reader(rounds: list[str]) -> ApiReader:
    return reader_of(NationFactory(), "committee")


def address(page: str, place: str = "VN") -> str:
    if "{" not in page:
        return f"/places/{place}/{page}"
    criterion = Criterion.objects.earliest("position")
    measure = Measure.objects.get(indicator__criterion=criterion)
    return f"/places/{place}/criteria/{page.format(criterion.code, measure.code)}"


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_shown_on_both_maps(committee: Client, page: str) -> None:
    sentence = "On today’s map: figures of the units of"
    today, own = (
        text(committee, f"{address(page)}?round=2020-Q4{query}") for query in ("&map=today", "")
    )
    assert sentence not in own
    assert sentence in today
    assert "Today’s map" in own  # the way there


@pytest.mark.parametrize("page", PAGES)
def test_a_map_that_there_is_not_is_named(committee: Client, page: str) -> None:
    page = text(committee, f"{address(page)}?map=2019", status=400)
    assert "There is no map “2019”" in page


@pytest.mark.parametrize("page", PAGES[:-1])
def test_a_place_that_only_the_present_map_has_is_shown_there(committee: Client, page: str) -> None:
    found = committee.get(f"{address(page, '62')}?round=2024-Q4")
    assert found.status_code == 404  # neither the round's map nor today's knows it
    assert "Unit 62 is not on this map" in found.content.decode()


def test_what_was_divided_has_a_line_of_its_own(committee: Client) -> None:
    page = text(committee, "/places/VN/criteria/?round=2022-Q4&map=today")
    assert "Divided, counted here and in none of the parts" in page
    assert "in none of the parts" not in text(committee, "/places/VN/criteria/?round=2022-Q4")


def rows(reader: ApiReader, query: str) -> dict[tuple[str, ...], dict[str, object]]:
    found = reader.rows(query)
    names = ("unit", "round", "basis", "criterion")
    return {tuple(str(row[name]) for name in names if name in row): row for row in found}


def test_summaries_and_tallies_of_the_nation_are_equal_on_both_maps(reader: ApiReader) -> None:
    for kind in ("summaries/?", "tallies/?"):
        own = rows(reader, f"{kind}unit=VN")
        today = rows(reader, f"{kind}unit=VN&map=today")
        for found in (own, today):
            for row in found.values():
                row.pop("computed_at", None)
        assert own
        assert today == own
        assert rows(reader, f"{kind}unit=VN&map=round").keys() == own.keys()


def test_carried_rows_come_by_pages_and_as_streams_alike(reader: ApiReader) -> None:
    for kind in ("summaries/", "tallies/"):
        whole = [*rows(reader, f"{kind}?map=today&page_size=1000")]
        by_pages, path = [], f"{kind}?map=today&page_size=3"
        while path:
            answer = reader.get(path).json()
            by_pages += answer["results"]
            path = (answer["next"] or "").partition("/api/v1/")[2]
        assert len(by_pages) == len(whole)
        stream = reader.get(f"{kind}?map=today&format=csv").getvalue().decode()
        assert stream.count("\r\n") == len(whole) + 1
        assert {key[0] for key in whole} == {"VN", "51", "66", *(key[0] for key in whole)}
        assert "62" not in {key[0] for key in whole}


def test_rows_on_the_map_of_today_are_narrowed_as_others_are(reader: ApiReader) -> None:
    found = rows(reader, "summaries/?map=today&round=2020-Q4&basis=reported&level=province")
    assert {key[0]: row["assessed"] for key, row in found.items()} == {"51": 2, "66": 0}
    (row,) = rows(reader, "summaries/?map=today&round=2020-Q4&basis=reported&unit=VN").values()
    assert row["assessed"] == 3


def test_a_target_stands_the_same_on_both_maps(committee: Client, reader: ApiReader) -> None:
    own, today = (reader.rows(f"targets/?round=2020-Q4{query}") for query in ("", "&map=today"))
    assert own == today
    assert Decimal(str(own[0]["value"])) == 3


@pytest.mark.parametrize("path", ["summaries/", "tallies/", "targets/", "units/"])
def test_the_api_refuses_a_map_that_there_is_not(reader: ApiReader, path: str) -> None:
    answer = reader.get(f"{path}?map=2019")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/query/map"


def test_units_are_those_of_todays_map(reader: ApiReader) -> None:
    codes = {str(row["code"]) for row in reader.rows("units/?map=today&level=province")}
    assert codes == {"51", "66"}


def test_more_units_need_no_more_queries(committee: Client, rounds: list[str]) -> None:
    counts = []
    for code in ("2020-Q4", "2022-Q4"):
        path = f"/places/VN/criteria/?round={code}&map=today"
        committee.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            committee.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_no_way_to_the_other_map_is_offered_where_it_leads_out_of_reach(
    rounds: list[str], client_of: Callable[[User], Client]
) -> None:
    """A commune of her province went into the neighbour's, which is not hers."""
    former = AdministrativeUnit.objects.get(code="62")
    commune = AdministrativeUnit.objects.get(parent=former, valid_from__isnull=False)
    officer = client_of(UserFactory(roles={"officer": former}))
    whole = client_of(UserFactory(roles={"committee": NationFactory()}))
    address = f"/places/{commune.code}/?round=2022-Q4"
    assert whole.get("/places/VN/?map=today").status_code == 200  # by now it is known
    pages = [who.get(address).content.decode() for who in (officer, whole)]
    assert ["map=today" in page for page in pages] == [False, True]
