"""The maps that are shipped have the official counts and hold what must not be missing."""

from collections import Counter
from datetime import date

import pytest

from communes.chronicle.entries import Entry
from communes.list_files import read_list, read_successions
from communes.management.commands.load_map import DATA

Entries = dict[str, Entry]


@pytest.fixture(scope="module")
def before() -> Entries:
    return dict(read_list(DATA / "units-2025-06-30.csv", date(2025, 6, 30)).entries)


@pytest.fixture(scope="module")
def since() -> Entries:
    return dict(read_list(DATA / "units-2025-07-01.csv", date(2025, 7, 1)).entries)


def test_each_kind_has_its_official_count(before: Entries, since: Entries) -> None:
    assert Counter(unit.kind for unit in before.values()) == {
        "nation": 1,
        "province": 57,
        "central_city": 6,
        "district": 508,
        "urban_district": 49,
        "town": 52,
        "provincial_city": 87,
        "commune": 7_692,
        "ward": 1_726,
        "township": 617,
    }
    assert Counter(unit.kind for unit in since.values()) == {
        "nation": 1,
        "province": 28,
        "central_city": 6,
        "commune": 2_621,
        "ward": 687,
        "special_zone": 13,
    }


@pytest.mark.parametrize(
    ("code", "name", "name_en", "short_name", "parent"),
    [
        ("VN", "Việt Nam", "Viet Nam", "Việt Nam", ""),
        ("62", "Tỉnh Kon Tum", "Kon Tum Province", "Kon Tum", "VN"),
        ("498", "Huyện Hoàng Sa", "Hoang Sa District", "Hoàng Sa", "48"),
        ("576", "Huyện Trường Sa", "Truong Sa District", "Trường Sa", "56"),
        ("23329", "Xã Đoàn Kết", "Doan Ket Commune", "Đoàn Kết", "608"),
        ("760", "Quận 1", "District 1", "Quận 1", "79"),
        ("095", "Thị Xã Mường Lay", "Muong Lay Town", "Mường Lay", "11"),
    ],
)
def test_a_unit_stands_in_its_place(
    before: Entries, code: str, name: str, name_en: str, short_name: str, parent: str
) -> None:
    unit = before[code]
    assert (unit.name, unit.name_en, unit.short_name, unit.parent_code) == (
        name, name_en, short_name, parent,
    )  # fmt: skip


def test_islands_are_special_zones_since(since: Entries) -> None:
    assert since["20333"].name == "Đặc khu Hoàng Sa"
    assert since["22736"].name == "Đặc khu Trường Sa"


def test_all_below_the_nation_lies_in_a_region(before: Entries, since: Entries) -> None:
    regions = Counter(unit.region_code for unit in before.values() if unit.level == "province")
    assert regions == {
        "TDMNPB": 14, "DBSH": 11, "BTB": 6, "DHNTB": 8, "TN": 5, "DNB": 6, "DBSCL": 13,
    }  # fmt: skip
    assert {code for code, unit in since.items() if not unit.region_code} == {"VN"}
    assert before["23329"].region_code == "TN"


def test_every_unit_of_before_has_a_succession_unless_it_went_on(
    before: Entries, since: Entries
) -> None:
    said = read_successions(DATA / "successions-2025-07-01.csv")
    without = before.keys() - {row.predecessor for row in said}
    went_on = {"VN", "01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46"}
    assert without == went_on
    assert {row.successor for row in said} <= since.keys()
    assert Counter(row.kind for row in said)["split"] == 972


def test_the_licence_of_the_package_is_shipped_in_full() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    assert "Copyright (c) 2025 Tran Ngoc Minh Hieu" in text
    assert "The above copyright notice and this permission notice shall be included" in text
    assert 'THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND' in text
