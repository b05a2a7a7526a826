"""The map of provinces on the page of the nation."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from criteria.models import ReportingRound
from ntm_portal.accounts.models import User
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

pytestmark = pytest.mark.django_db
AFTER = {"reference_date": date(2025, 12, 31), "opens_on": date(2025, 12, 1)}


@pytest.fixture
def committee(client_of: Callable[[User], Client]) -> Client:
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def provinces(now: ReportingRound) -> ReportingRound:
    """Đà Nẵng all recognised, Khánh Hòa none, Hà Nội without a commune."""
    for code, name in (("01", "Ha Noi"), ("48", "Da Nang"), ("56", "Khanh Hoa")):
        ProvinceFactory(code=code, name=f"Tỉnh {name}", name_en=name)
    for code in ("48", "56"):
        district = DistrictFactory(code=f"9{code}", parent=ProvinceFactory(code=code))
        commune = UnitFactory(parent=district)
        if code == "48":
            RecognitionFactory(unit=commune)
    rebuild(now)
    return now


def drawing(client: Client, query: str = "") -> str:
    page = client.get(f"/places/VN/{query}").content.decode()
    found = re.search(r'<section class="map".*?</section>', page, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.usefixtures("provinces")
def test_each_province_is_a_link_with_its_figure_and_class(committee: Client) -> None:
    drawn = drawing(committee)
    assert re.search(
        r'<a href="/places/48/\?round=2020-Q4"><title>Da Nang: 100.0</title>'
        r'<path class="map-unit" fill="url\(#heat-5\)"',
        drawn,
    )
    assert re.search(r'<title>Ha Noi: –</title><path class="map-unit" fill="url\(#heat-0\)"', drawn)
    assert "below 30 (1)" in drawn
    assert "no figure (1)" in drawn
    assert "CC BY 4.0" in drawn


@pytest.mark.usefixtures("provinces")
@pytest.mark.parametrize("draw", ["shapes", "tiles"])
def test_both_forms_name_the_archipelagos_and_have_a_table(committee: Client, draw: str) -> None:
    drawn = drawing(committee, f"?draw={draw}")
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", drawn))
    assert re.search(r"Hoàng\s+Sa", said)
    assert re.search(r"Trường\s+Sa", said)
    assert "The map as a table" in said
    assert re.search(r"<title[^>]*>", drawn)
    assert "<desc" in drawn


@pytest.mark.usefixtures("provinces")
def test_another_figure_and_basis_are_chosen_by_address(committee: Client) -> None:
    drawn = drawing(committee, "?metric=communes_below_10&basis=verified")
    assert '<option value="communes_below_10" selected>' in drawn
    assert re.search(r'aria-current="true">as verified', drawn)


def test_since_july_2025_the_merged_provinces_are_one(committee: Client) -> None:
    round_ = RoundFactory(code="2025-Q4", due_on=date(2026, 1, 31), **AFTER)
    ProvinceFactory(code="08", name_en="Tuyen Quang", valid_from=date(2025, 7, 1))
    rebuild(round_)
    drawn = drawing(committee)
    (path,) = re.findall(r'<path class="map-unit" fill="[^"]*" d="([^"]*)"', drawn)
    assert path.count("M") == 2
