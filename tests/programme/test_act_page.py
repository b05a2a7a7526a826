"""The page that says where to act: who is near, slips, rises, is stale, is ahead of its check."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communes.models import AdministrativeUnit, Designation
from ntm_portal.accounts.models import User
from programme.rollup import rebuild
from tests.factories import NationFactory, RoundFactory, UnitFactory, UserFactory
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db
ADDRESS = "/places/VN/act/"
ROWS = {"Near": (MET, MET, NOT_MET), "Slipped": (NOT_MET, MET, NOT_MET), "Risen": (MET, MET, MET)}
BEFORE = {"Near": (MET, MET, NOT_MET), "Slipped": (MET, MET, NOT_MET), "Risen": (MET, None, None)}


@pytest.fixture
def communes() -> dict[str, AdministrativeUnit]:
    """Four communes in two rounds; of the fourth nothing was ever typed."""
    set_of(3)
    day = date(2020, 6, 30)
    before = RoundFactory(code="2020-Q2", reference_date=day, opens_on=day, status="published")
    now = RoundFactory(code="2020-Q4")
    made: dict[str, AdministrativeUnit] = {
        name: UnitFactory(name_en=f"{name} Commune") for name in [*ROWS, "Stale"]
    }
    for name, numbers in ROWS.items():
        assess(made[name], before, *BEFORE[name])
        assess(made[name], now, *numbers, verified=(MET, NOT_MET, NOT_MET))
    for round_ in (before, now):
        rebuild(round_)
    return made


@pytest.fixture
def committee(client_of: Callable[[User], Client]) -> Client:
    """A reader of the whole country, in English."""
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    client.cookies["language"] = "en"
    return client


def section(client: Client, id_: str, query: str = "") -> str:
    """Return what one section of the page says."""
    page = client.get(f"{ADDRESS}{query}").content.decode()
    found = re.search(rf'aria-labelledby="{id_}">(.*?)</section>', page, re.DOTALL)
    assert found is not None, id_
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", found[1]))


@pytest.mark.parametrize(
    ("id_", "named", "not_named"),
    [
        ("near", ("Near", "Slipped", "10 / at least 80"), ("Risen", "Stale")),
        ("lost", ("Slipped", "−1"), ("Near", "Risen")),
        ("gained", ("Risen", "+2"), ("Near", "Slipped")),
        ("gap", ("Risen", "Near"), ("Slipped",)),
        ("stale", ("Stale",), ("Near", "Slipped", "Risen")),
    ],
)
def test_each_section_names_its_communes(
    committee: Client,
    communes: dict[str, AdministrativeUnit],
    id_: str,
    named: tuple[str, ...],
    not_named: tuple[str, ...],
) -> None:
    said = section(committee, id_).split("shown")[-1]
    assert [name for name in named if name not in said] == [], said
    assert [name for name in not_named if f"{name} Commune" in said] == []


def test_a_focus_group_is_a_cut_of_all(
    committee: Client, communes: dict[str, AdministrativeUnit]
) -> None:
    Designation.objects.create(
        unit=communes["Near"], kind="border", valid_from=date(2016, 1, 1), legal_ref="QĐ"
    )
    assert "Near" in section(committee, "near", "?group=border")
    assert "Slipped" not in section(committee, "near", "?group=border")
    assert "None." in section(committee, "near", "?group=island")
    held_back = section(committee, "blocking", "?group=border")
    assert "(1)" in held_back
    assert "(2)" not in held_back
    listed = committee.get("/places/VN/communes/?group=border").content.decode()
    assert "Near Commune" in listed
    assert "Slipped Commune" not in listed


def test_it_says_how_far_and_in_which_part(
    committee: Client, communes: dict[str, AdministrativeUnit]
) -> None:
    said = section(committee, "near")
    assert "70 to go" in said
    assert "Near Commune , Kon Tum" in said or "Near , Kon Tum" in said, said


def test_a_group_that_does_not_exist_is_a_page_that_says_so(
    committee: Client, communes: dict[str, AdministrativeUnit]
) -> None:
    response = committee.get(f"{ADDRESS}?group=rich")
    assert response.status_code == 404
    assert "border" in response.content.decode()


def test_it_takes_at_most_ten_queries(
    committee: Client,
    communes: dict[str, AdministrativeUnit],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for query in ("", "?group=border"):
        with django_assert_max_num_queries(10):
            assert committee.get(f"{ADDRESS}{query}").status_code == 200


def test_all_that_was_not_updated_is_a_list_with_since_when(
    committee: Client, communes: dict[str, AdministrativeUnit]
) -> None:
    earlier = RoundFactory(code="2019-Q4", reference_date=date(2019, 12, 31), status="published")
    for at in range(11):
        unit = UnitFactory(name_en=f"Idle{at} Commune", parent=communes["Stale"].parent)
        assess(unit, earlier, MET, MET, MET)
    page = committee.get(f"{ADDRESS}?round=2020-Q4").content.decode()
    link = re.search(r'href="(/places/VN/stale/[^"]*)"', page)
    assert link
    assert "12 communes" in section(committee, "stale", "?round=2020-Q4")
    text = committee.get(link[1].replace("&amp;", "&")).content.decode()
    rows = [re.sub("<[^>]*>", " ", row).split() for row in re.findall("<tr>.*?</tr>", text, re.S)]
    assert len(rows) == 1 + 12
    assert next(row for row in rows if "Stale" in row)[-1] == "never"
    assert all("2019-Q4" in row for row in rows if row[0].startswith("Idle"))
    file = committee.get("/places/VN/stale.csv?round=2020-Q4")
    lines = file.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 12
    assert sum("2019-Q4" in line for line in lines) == 11
