"""A region is a cut of the nation's pages: what its provinces come to, each step an address."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communes.models import AdministrativeUnit, Designation, Region, Succession
from criteria.models import Criterion
from ntm_portal.accounts.models import User
from programme.dashboard import areas, ground, group_place, groups, rounds, tallies
from programme.dashboard.rounds import Rounds
from programme.models import PublishedFigure
from programme.rollup import rebuild
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RecognitionFactory,
    RegionFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db
DAY = date(2020, 12, 31)
PAGES = ("", "criteria/", "criteria/1/", "act/", "what-if/?met=1&who=all", "communes/")


@pytest.fixture
def highlands() -> Region:
    """Two regions: one of two provinces with three communes each, one of a single province."""
    set_of(2)
    highlands = RegionFactory(code="TN", name="Tây Nguyên", name_en="Central Highlands", position=1)
    delta = RegionFactory(code="DBSH", name="Đồng bằng sông Hồng", name_en="Delta", position=2)
    before = RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30))
    now = RoundFactory(code="2020-Q4", reference_date=DAY)
    for code, region in (("62", highlands), ("64", highlands), ("26", delta)):
        province = ProvinceFactory(code=code, region=region)
        district = DistrictFactory(code=f"{code}0", parent=province, region=region)
        for at in range(3):
            unit = UnitFactory(parent=district, region=region)
            assess(unit, before, NOT_MET, NOT_MET)
            assess(unit, now, MET if at else NOT_MET, MET, verified=(NOT_MET, MET))
            if at == 1:
                RecognitionFactory(unit=unit, decision_date=date(2020, 7, 1))
                Designation.objects.create(unit=unit, kind="border", valid_from=date(2020, 1, 1))
    for round_ in (before, now):
        rebuild(round_)
    return highlands


@pytest.fixture
def committee(client_of: Callable[[User], Client]) -> Client:
    """A reader of the whole country, in English."""
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    client.cookies["language"] = "en"
    return client


def chosen(region: Region, map_: str = "", group: str = "") -> Rounds:
    """Return the later round, narrowed to a region and perhaps a group."""
    whole = rounds.choose("2020-Q4", map_)
    return Rounds(whole.known, whole.chosen, whole.present, group=group, region=region)


def address(page: str) -> str:
    """Return the address of a page of the region."""
    code = Criterion.objects.order_by("position")[0].code
    page = page.replace("1", code, 1)
    return f"/places/VN/{page}{'&' if '?' in page else '?'}round=2020-Q4&region=TN"


def test_a_region_is_the_sum_of_its_provinces(highlands: Region) -> None:
    nation = AdministrativeUnit.objects.get(code="VN")
    page = group_place.read(nation, chosen(highlands), "")
    (table,) = page.tables
    assert {row.unit.code for row in table.rows} == {"62", "64"}
    stored = areas.read(nation, rounds.choose("2020-Q4"), "")
    line = next(line for line in stored.regions if line.region == highlands)
    assert page.now.communes == line.now.communes == 6
    assert page.now.certified == line.now.certified == 2
    for name in ("assessed", "criteria_met", "meets_all", "below_10"):
        for basis in ("reported", "verified"):
            counted, summed = (getattr(now, basis) for now in (page.now, line.now))
            assert getattr(counted, name) == getattr(summed, name), name
    assert page.now.reported.meets_all == 4
    assert page.change_certified == line.change_certified == 2
    assert page.change_share == line.change_share


def test_its_criteria_are_those_of_its_provinces(highlands: Region) -> None:
    nation = AdministrativeUnit.objects.get(code="VN")
    asked = chosen(highlands)
    units = ground.below(nation, asked)
    counted = groups.cells(nation, units, asked)
    assert set(counted) == {"VN", "62", "64"}
    stored = tallies.of(units, asked)
    assert counted["VN"] == tallies.summed(stored.values())
    assert [cell.met for cell in counted["VN"]] == [4, 6]


def test_a_group_of_a_region_is_counted_where_both_are(highlands: Region) -> None:
    nation = AdministrativeUnit.objects.get(code="VN")
    page = group_place.read(nation, chosen(highlands, group="border"), "")
    assert page.now.communes == page.now.certified == 2


def test_a_region_keeps_its_communes_on_the_map_of_today(highlands: Region) -> None:
    """The delta's district became part of a province of the highlands."""
    district = AdministrativeUnit.objects.get(code="260")
    joined = UnitFactory(
        parent=AdministrativeUnit.objects.get(code="620"), valid_from=date(2021, 1, 1)
    )
    for unit in AdministrativeUnit.objects.filter(parent=district):
        unit.valid_to = DAY
        unit.save()
        Succession.objects.create(
            predecessor=unit, successor=joined, kind="merge", effective_date=date(2021, 1, 1)
        )
    nation, delta = AdministrativeUnit.objects.get(code="VN"), Region.objects.get(code="DBSH")
    asked = chosen(delta, "today")
    assert asked.is_carried
    page = group_place.read(nation, asked, "")
    assert page.now.communes == 3
    assert [row.unit.code for table in page.tables for row in table.rows] == ["62"]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_of_a_region_names_it_and_leads_on_within(
    committee: Client, highlands: Region, page: str
) -> None:
    text = committee.get(address(page)).content.decode()
    heading = re.search(r"<main.*?</h1>.*?</p>", text, re.DOTALL)
    assert heading
    assert "Central Highlands" in heading[0]
    assert "6 communes lie in Central Highlands on the map of" in " ".join(text.split())
    path = re.search(r'<ol class="crumbs">.*?</ol>', text, re.DOTALL)
    assert path
    assert "Central Highlands" in path[0]
    assert 'href="/places/VN/?round=2020-Q4"' in path[0]  # and back to the whole country
    links = re.findall(r'href="(/places/VN/[^"]*round=[^"]*)"', text)
    others = {"/places/VN/?round=2020-Q4"}
    kept = [link for link in links if not re.search("/reports/|/bulletin/", link)]
    assert {link for link in kept if "region=TN" not in link} == others


def test_from_the_nation_one_comes_to_a_region_and_its_province_and_back(
    committee: Client, highlands: Region
) -> None:
    region = "/places/VN/?round=2020-Q4&amp;region=TN"
    assert f'href="{region}"' in committee.get("/places/VN/?round=2020-Q4").content.decode()
    below = committee.get(region.replace("&amp;", "&")).content.decode()
    province = re.search(r'href="(/places/62/[^"]*)"', below)
    assert province
    page = committee.get(province[1].replace("&amp;", "&")).content.decode()
    assert f'href="{region}"' in page
    assert "Every figure here is of these alone" not in page  # a province lies in one region


@pytest.mark.parametrize("page", ["criteria/", "criteria/1/", "act/"])
def test_where_regions_are_compared_each_leads_to_its_own(
    committee: Client, highlands: Region, page: str
) -> None:
    whole = address(page).replace("&region=TN", "")
    links = re.findall(
        r'<th scope="row"><a href="([^"]*region=[^"]*)"', committee.get(whole).content.decode()
    )
    assert [link.rpartition("=")[2] for link in links] == ["TN", "DBSH"]
    assert committee.get(links[0].replace("&amp;", "&")).status_code == 200


def test_an_unknown_region_is_answered_with_those_there_are(
    committee: Client, highlands: Region
) -> None:
    answer = committee.get("/places/VN/?region=XX")
    assert answer.status_code == 404
    assert "/places/VN/?region=TN" in answer.content.decode()


def test_the_files_are_of_the_region_and_say_so(committee: Client, highlands: Region) -> None:
    answer = committee.get("/places/VN/criteria.csv?round=2020-Q4&region=TN")
    assert answer["Content-Disposition"].endswith('filename="criteria-2020-Q4-TN.csv"')
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["Code"] for row in rows} == {"VN", "62", "64"}
    answer = committee.get("/places/VN/communes.csv?round=2020-Q4&region=TN")
    rows = list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 6


def test_what_was_published_of_a_region_stands_beside(committee: Client, highlands: Region) -> None:
    """Of what is counted here alone: districts and products are not."""
    for figure, value in (("communes_certified_pct", 29), ("districts_recognised", 7)):
        PublishedFigure.objects.create(
            figure=figure, region="TN", day=DAY, value=value, source="báo chí", certainty="read"
        )
    page = committee.get("/places/VN/?round=2020-Q4&region=TN").content.decode()
    (beside,) = re.findall(r'published-value">([^<]*)', page)
    assert beside == "29.0"
    assert "báo chí" in page
    group = committee.get("/places/VN/?round=2020-Q4&region=TN&group=border").content.decode()
    assert "published-value" not in group


@pytest.mark.parametrize("map_", ["round", "today"])
@pytest.mark.parametrize("page", PAGES)
def test_a_region_takes_as_many_queries_for_many_as_for_few(
    committee: Client, highlands: Region, page: str, map_: str
) -> None:
    asked, counts = f"{address(page)}&map={map_}", []
    for _ in range(2):
        committee.get(asked)
        with CaptureQueriesContext(connection) as queries:
            assert committee.get(asked).status_code == 200
        counts.append(len(queries))
        for at in range(6):
            province = ProvinceFactory(code=f"8{at}", region=highlands)
            UnitFactory(
                parent=DistrictFactory(code=f"8{at}0", parent=province, region=highlands),
                region=highlands,
            )
    assert counts[0] == counts[1] <= 10
