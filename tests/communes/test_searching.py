"""Units of all times are found by name, place and code, without tone marks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communes import placements
from communes.models import AdministrativeUnit, Succession
from communes.searching import searched, splits_of
from ntm_portal.accounts.models import User
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
ASKED = ["Đoàn Kết, Kon Tum", "doan ket kon tum", "xã Đoàn Kết Kon Tum", "DOAN KET, TINH KON TUM"]


@pytest.fixture
def gone() -> AdministrativeUnit:
    """Đoàn Kết of Kon Tum, which went into Ia Chim of Quảng Ngãi; and another of its name."""
    nation = NationFactory()
    kon_tum = ProvinceFactory(parent=nation, valid_to=LAST)
    city = DistrictFactory(parent=kon_tum, valid_to=LAST)
    old = UnitFactory(code="23329", name="Xã Đoàn Kết", parent=city, valid_to=LAST)
    lai_chau = ProvinceFactory(code="12", name="Tỉnh Lai Châu", parent=nation)
    UnitFactory(code="03389", name="Phường Đoàn Kết", kind="ward", parent=lai_chau)
    quang_ngai = ProvinceFactory(code="51", name="Tỉnh Quảng Ngãi", parent=nation)
    new = UnitFactory(code="23326", name="Xã Ia Chim", parent=quang_ngai, valid_from=FIRST)
    Succession.objects.create(predecessor=old, successor=new, kind="merge", effective_date=FIRST)
    placements.ensure(date(2025, 12, 31))
    return old


def codes(text: str) -> list[str]:
    return [unit.code for unit in searched(AdministrativeUnit.objects.all(), text)]


@pytest.mark.parametrize("text", [*ASKED, "23329"])
def test_a_unit_is_found_by_its_name_and_place_or_its_code(
    gone: AdministrativeUnit, text: str
) -> None:
    assert codes(text) == ["23329"]


def test_a_name_alone_finds_all_who_bear_it(gone: AdministrativeUnit) -> None:
    assert set(codes("đoàn kết")) == {"23329", "03389"}
    assert codes("Lai Châu")[0] == "12"
    assert codes("no such place") == codes("") == codes(" , ") == []


def test_without_a_comma_every_way_to_part_the_words_is_tried() -> None:
    assert [(way.name, way.place) for way in splits_of("Ia Chim Kon")] == [
        ("ia chim kon", ""),
        ("ia chim", "kon"),
        ("ia", "chim kon"),
    ]


def find(client: Client, text: str) -> str:
    return client.get("/units/", {"q": text}).content.decode()


@pytest.mark.parametrize("text", ASKED)
def test_the_page_says_what_it_was_and_what_it_is(
    gone: AdministrativeUnit, client_of: Callable[[User], Client], text: str
) -> None:
    page = find(client_of(UserFactory(roles={"committee": NationFactory()})), text)
    assert "/units/23329/?on=2025-06-30" in page
    assert 'href="/units/23326/"' in page  # what it is


def test_areas_are_respected(gone: AdministrativeUnit, client_of: Callable[[User], Client]) -> None:
    successor = client_of(UserFactory(roles={"officer": AdministrativeUnit.objects.get(code="51")}))
    assert "/units/23329/" in find(successor, "doan ket")  # it went into hers
    assert "/units/03389/" not in find(successor, "doan ket")
    former = client_of(UserFactory(roles={"officer": AdministrativeUnit.objects.get(code="62")}))
    page = find(former, "doan ket")
    assert "/units/23329/" in page
    assert "/units/23326/" not in page  # named, but not hers to open
    assert "23326" in page


def test_the_search_stands_in_the_head_of_pages_for_who_may_read_places(
    client_of: Callable[[User], Client],
) -> None:
    reads = client_of(UserFactory(roles={"committee": NationFactory()}))
    assert 'action="/units/"' in reads.get("/criteria/recognitions/").content.decode()
    nothing = client_of(UserFactory())
    assert 'role="search"' not in nothing.get("/units/").content.decode()


def test_more_that_is_found_needs_no_more_queries(
    gone: AdministrativeUnit, client_of: Callable[[User], Client]
) -> None:
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            find(client, "doan ket")
        counts.append(len(queries))
        for number in range(29):
            UnitFactory(name="Xã Đoàn Kết", parent=gone.parent, code=f"3{number:04d}")
    assert counts[0] == counts[1]
