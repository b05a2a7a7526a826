"""Focus groups are a cut of the pages of the committee: each figure is a plain recount of them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communes.models import AdministrativeUnit, Designation, Succession
from criteria.models import Criterion, CriterionVerdict, ReportingRound
from ntm_portal.accounts.models import User
from programme.dashboard import ground, group_place, groups, rounds
from programme.dashboard.criterion import reading
from programme.dashboard.rounds import Rounds
from programme.dashboard.tallies import COUNTED
from programme.rollup import rebuild
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RecognitionFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db
DAY = date(2020, 12, 31)
PAGES = ("", "criteria/", "criteria/1/", "act/", "what-if/?met=1&who=all", "communes/")


@pytest.fixture
def communes() -> list[AdministrativeUnit]:
    """Eight communes of two provinces, every other one of the border; two rounds."""
    set_of(2)
    made: list[AdministrativeUnit] = []
    for province in ("62", "66"):
        districts = [
            DistrictFactory(code=f"{province}{at}", parent=ProvinceFactory(code=province))
            for at in range(2)
        ]
        made += [UnitFactory(parent=parent) for parent in districts for _ in range(2)]
    before = RoundFactory(
        code="2020-Q2", reference_date=date(2020, 6, 30), opens_on=date(2020, 6, 30)
    )
    now = RoundFactory(code="2020-Q4", reference_date=DAY)
    for at, unit in enumerate(made):
        numbers = (MET if at % 3 else NOT_MET, MET if at % 4 else None)
        assess(unit, before, NOT_MET, NOT_MET)
        assess(unit, now, *numbers, verified=(NOT_MET, MET))
        if at % 2:
            Designation.objects.create(unit=unit, kind="border", valid_from=date(2020, 9, 1))
    RecognitionFactory(unit=made[1], decision_date=date(2020, 7, 1))
    RecognitionFactory(unit=made[2], decision_date=date(2020, 7, 1))
    for round_ in (before, now):
        rebuild(round_)
    return made


@pytest.fixture
def committee(client_of: Callable[[User], Client]) -> Client:
    """A reader of the whole country, in English."""
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    client.cookies["language"] = "en"
    return client


def chosen(map_: str = "") -> Rounds:
    """Return the later round, narrowed to the border."""
    return replace(rounds.choose("2020-Q4", map_), group="border")


def recount(
    place: str, round_: ReportingRound, basis: str = "reported"
) -> Counter[tuple[int, str]]:
    """Count the verdicts of the border below a place, one by one."""
    rows = CriterionVerdict.objects.select_related("outcome__assessment__unit")
    held = {
        item.unit_id
        for item in Designation.objects.all()
        if item.valid_from <= round_.reference_date
    }
    return Counter(
        (row.criterion_id, row.verdict)
        for row in rows
        if row.outcome.basis == basis
        and row.outcome.assessment.round_id == round_.pk
        and row.outcome.assessment.unit_id in held
        and f"/{place}/" in row.outcome.assessment.unit.path
    )


@pytest.mark.parametrize("code", ["VN", "62", "621"])
def test_criteria_of_a_group_are_a_plain_recount(
    communes: list[AdministrativeUnit], code: str
) -> None:
    asked = chosen()
    assert asked.chosen
    place = AdministrativeUnit.objects.get(code=code)
    units = ground.below(place, asked)
    found = groups.cells(place, units, asked)
    for holding in [place, *units]:
        told = {
            (cell.criterion.pk, verdict): number
            for cell in found.get(holding.code, ())
            for verdict in COUNTED
            if (number := getattr(cell, verdict))
        }
        assert told == recount(holding.code, asked.chosen), holding.code
    assert len(found) > 1
    assert len(found) < len(units) + 2


def test_rounds_count_who_was_in_the_group_on_their_own_day(
    communes: list[AdministrativeUnit],
) -> None:
    asked, criterion = chosen(), Criterion.objects.order_by("position")[0]
    place = AdministrativeUnit.objects.get(code="62")
    (only,) = reading.over_rounds(place, criterion, asked)  # in June none was of the border
    assert only.round.code == "2020-Q4"
    counted = recount("62", only.round)
    assert only.reported.met == counted[criterion.pk, "met"]
    assert only.reported.not_met == counted[criterion.pk, "not_met"]
    assert only.verified
    assert only.verified.not_met == recount("62", only.round, "verified")[criterion.pk, "not_met"]


def test_a_place_counts_the_communes_of_the_group(communes: list[AdministrativeUnit]) -> None:
    asked, place = chosen(), AdministrativeUnit.objects.get(code="VN")
    page = group_place.read(place, asked, "")
    held = [unit for at, unit in enumerate(communes) if at % 2]
    assert page.now.communes == len(held) == 4
    assert page.now.certified == 1  # of the two that are recognised one is of the border
    assert page.now.reported.assessed == 4
    (table,) = page.tables
    assert [(row.unit.code, row.now.communes) for row in table.rows if row.now] == [
        ("66", 2),
        ("62", 2),
    ]
    rows = [row.now for row in table.rows if row.now]
    for name in ("communes", "certified", "assessed", "criteria_met", "meets_all", "below_10"):
        for basis in ("reported", "verified"):
            whole = getattr(getattr(page.now, basis), name)
            assert whole == sum(getattr(getattr(row, basis), name) for row in rows), name
    assert sum(row.reported.criteria_met for row in rows) == sum(
        recount("VN", asked.chosen)[pk, "met"]
        for pk in Criterion.objects.values_list("pk", flat=True)
        if asked.chosen
    )


def test_both_maps_count_the_same_communes(
    communes: list[AdministrativeUnit],
) -> None:
    """The two communes of one district became one of the other province."""
    left = communes[2:4]
    joined = UnitFactory(
        parent=AdministrativeUnit.objects.get(code="660"), valid_from=date(2021, 1, 1)
    )
    for unit in left:
        unit.valid_to = DAY
        unit.save()
        Succession.objects.create(
            predecessor=unit, successor=joined, kind="merge", effective_date=date(2021, 1, 1)
        )
    nation = AdministrativeUnit.objects.get(code="VN")
    own, today = chosen(), chosen("today")
    assert today.is_carried
    counted = [
        {
            code: [cell.met for cell in cells]
            for code, cells in groups.cells(nation, ground.below(nation, asked), asked).items()
        }
        for asked in (own, today)
    ]
    assert counted[0]["VN"] == counted[1]["VN"]
    assert counted[0] != counted[1]
    found = [ground.find("66", asked, ["/VN/"]) for asked in (own, today)]
    assert [item.members for item in found if item] == [2, 3]
    (row,) = [
        row
        for table in group_place.read(nation, today, "").tables
        for row in table.rows
        if row.unit.code == "66"
    ]
    assert row.now
    assert row.now.communes == 3


@pytest.mark.parametrize("page", PAGES)
def test_the_choice_stands_in_the_heading_and_in_every_link(
    committee: Client, communes: list[AdministrativeUnit], page: str
) -> None:
    code = Criterion.objects.order_by("position")[0].code
    address = f"/places/VN/{page.replace('1', code, 1)}"
    address += f"{'&' if '?' in page else '?'}round=2020-Q4&group=border"
    text = committee.get(address).content.decode()
    heading = re.search(r"<main.*?</h1>.*?</p>", text, re.DOTALL)
    assert heading
    assert "border" in heading[0]
    assert "4 communes were “border” on" in " ".join(text.split())
    links = re.findall(r'href="(/places/[^"]*round=[^"]*)"', text)
    kept = [link for link in links if "/reports/" not in link and "/bulletin/" not in link]
    assert kept
    assert [link for link in kept if "group=border" not in link] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_group_nobody_is_in_is_said_so(
    committee: Client, communes: list[AdministrativeUnit], page: str
) -> None:
    code = Criterion.objects.order_by("position")[0].code
    address = f"/places/VN/{page.replace('1', code, 1)}{'&' if '?' in page else '?'}group=island"
    response = committee.get(address)
    assert response.status_code == 200
    assert "No commune here is listed as “island”" in response.content.decode()


@pytest.mark.parametrize("map_", ["round", "today"])
@pytest.mark.parametrize("page", PAGES)
def test_a_cut_takes_as_many_queries_for_many_as_for_few(
    committee: Client, communes: list[AdministrativeUnit], page: str, map_: str
) -> None:
    code = Criterion.objects.order_by("position")[0].code
    address = f"/places/VN/{page.replace('1', code, 1)}"
    address += f"{'&' if '?' in page else '?'}round=2020-Q4&map={map_}&group=border"
    counts = []
    for _ in range(2):
        committee.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert committee.get(address).status_code == 200
        counts.append(len(queries))
        for at in range(6):
            province = ProvinceFactory(code=f"8{at}")
            unit = UnitFactory(parent=DistrictFactory(code=f"8{at}0", parent=province))
            assess(unit, ReportingRound.objects.get(code="2020-Q4"), MET, NOT_MET)
            Designation.objects.create(unit=unit, kind="border", valid_from=date(2020, 9, 1))
    assert counts[0] == counts[1] <= 10


def test_the_files_say_of_whom_they_are(
    committee: Client, communes: list[AdministrativeUnit]
) -> None:
    query = "?round=2020-Q4&group=border"
    answer = committee.get(f"/places/VN/criteria.csv{query}")
    assert answer["Content-Disposition"].endswith('filename="criteria-2020-Q4-border.csv"')
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["Focus group"] for row in rows} == {"border"}
    round_ = ReportingRound.objects.get(code="2020-Q4")
    codes = dict(Criterion.objects.values_list("code", "pk"))
    for row in rows:
        counted = recount(row["Code"], round_)
        assert int(row["met"]) == counted[codes[row["Criterion"]], "met"], row
    answer = committee.get(f"/places/VN/communes.csv{query}&standing=gap")
    rows = list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert {row["Focus group"] for row in rows} == {"border"}
    gaps = [int(row["Criteria met, reported"]) - int(row["Criteria met, verified"]) for row in rows]
    assert gaps == sorted(gaps, reverse=True)
    assert min(gaps) > 0


def test_the_widest_gaps_are_listed_whole(
    committee: Client, communes: list[AdministrativeUnit]
) -> None:
    for at in range(11):
        unit = UnitFactory(name_en=f"Apart{at} Commune")
        assess(
            unit,
            ReportingRound.objects.get(code="2020-Q4"),
            MET,
            MET,
            verified=(NOT_MET, MET if at % 2 else NOT_MET),
        )
    page = committee.get("/places/VN/act/?round=2020-Q4").content.decode()
    link = re.search(r'href="([^"]*standing=gap)"', page)
    assert link
    text = committee.get(link[1].replace("&amp;", "&")).content.decode()
    listed = re.findall(r">Apart(\d+)", text)
    assert len(set(listed)) == 11
    evens = [name for name in listed if int(name) % 2 == 0]
    assert listed[: len(evens)] == evens
    assert "The widest gap between reported and verified first." in text
