"""The page of a unit over all times: names, family, designations, series across mergers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communes.models import AdministrativeUnit, Designation, Succession
from communes.presentation.found import Other
from ntm_portal.accounts.models import User
from programme.dashboard.unit import family, lineage, series
from tests.factories import NationFactory, ProvinceFactory, UnitFactory, UserFactory


@pytest.fixture
def committee(rounds: list[str], client_of: Callable[[User], Client]) -> Client:
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def newest(rounds: list[str]) -> AdministrativeUnit:
    """The commune of the last map that was formed, in two steps, from the first two."""
    (row,) = Succession.objects.filter(predecessor__valid_from__isnull=False)
    return row.successor


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def test_the_series_leads_across_two_mergers_with_both_breaks(newest: AdministrativeUnit) -> None:
    found = series.read(newest, lineage.read(newest))
    said = [
        line.round.round.code if line.round else str(line.mark.day) if line.mark else ""
        for line in found.lines
    ]
    assert said == ["2020-Q4", "2021-01-01", "2022-Q4", "2023-01-01", "2024-Q4"]
    sums = [(line.round.units, line.round.assessed) for line in found.lines if line.round]
    assert sums == [(2, 2), (1, 1), (1, 1)]
    assert found.drawing
    assert (len(found.drawing.breaks), len(found.drawing.lines)) == (2, 0)  # no line over a break


def test_a_divided_unit_is_named_and_in_no_sum(rounds: list[str]) -> None:
    part = AdministrativeUnit.objects.filter(precessions__predecessor__valid_to=date(2022, 12, 31))
    unit = part.exclude(precessions__predecessor__valid_from__isnull=False).first()
    assert unit is not None
    unit.precessions.update(kind="split")
    found = lineage.read(unit)
    assert found.unit_ids == {unit.pk}
    assert [(item.kind, len(item.units)) for item in found.breaks] == [("split", 1)]


def test_a_unit_shows_its_name_of_a_day_and_its_family(
    committee: Client, newest: AdministrativeUnit
) -> None:
    page = committee.get(f"/units/{newest.code}/").content.decode()
    assert '<title id="family-title">' in page
    assert page.count("<rect") == 2
    before = newest.precessions.get().predecessor
    assert f'href="/units/{before.code}/?on=2022-12-31"' in page
    then = text(committee, f"/units/{before.code}/?on=2021-05-05")
    assert f"code {before.code}" in then
    assert "from 1 Jan 2021 to 31 Dec 2022" in then


def test_a_day_without_the_code_and_one_that_is_none_are_said(
    committee: Client, newest: AdministrativeUnit
) -> None:
    assert "no unit in your area had the code" in text(
        committee, f"/units/{newest.code}/?on=2020-01-01"
    )
    assert "Enter a valid date" in text(committee, f"/units/{newest.code}/?on=soon", 400)
    text(committee, "/units/99999/", 404)


def test_designations_come_with_decision_and_those_of_former_units_as_proposals(
    committee: Client, newest: AdministrativeUnit
) -> None:
    day = date(2021, 1, 1)
    for unit, ref in ((newest, "QĐ 1"), (newest.precessions.get().predecessor, "QĐ 2")):
        Designation.objects.create(unit=unit, kind="border", valid_from=day, legal_ref=ref)
    page = text(committee, f"/units/{newest.code}/")
    assert "Border 1 Jan 2021 – QĐ 1" in page
    assert re.search("proposed, not assumed .* QĐ 2", page)


def test_the_drawing_holds_eight_of_each_side_and_cuts_long_names() -> None:
    unit = AdministrativeUnit(code="1", name="Xã " + "a" * 40)
    found = family.draw(unit, [_other(str(n)) for n in range(11)], [])
    assert (len(found.boxes), found.more_before) == (9, 3)
    assert all(len(box.name) <= family.LONGEST for box in found.boxes)
    assert all(0 <= box.y <= found.height - family.HIGH for box in found.boxes)


def _other(code: str) -> Other:
    return Other(AdministrativeUnit(code=code, name="Xã"), is_open=True, is_part=False)


def test_it_is_not_found_from_elsewhere(
    newest: AdministrativeUnit, client_of: Callable[[User], Client]
) -> None:
    elsewhere = UserFactory(roles={"officer": ProvinceFactory(code="42")})
    assert client_of(elsewhere).get(f"/units/{newest.code}/").status_code == 404


def test_more_former_units_need_no_more_queries(
    committee: Client, newest: AdministrativeUnit
) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            committee.get(f"/units/{newest.code}/")
        counts.append(len(queries))
        for _one in range(12):
            Succession.objects.create(
                predecessor=UnitFactory(valid_to=date(2022, 12, 31)),
                successor=newest,
                kind="merge",
                effective_date=date(2023, 1, 1),
            )
    assert counts[0] == counts[1]
