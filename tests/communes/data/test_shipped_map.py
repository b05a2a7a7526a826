"""The map that is shipped has the official counts and holds what must not be missing."""

from collections import Counter
from datetime import date

import pytest

from communes.management.commands.load_map import DATA
from communes.map_files import UnitLine, read_regions, read_units

END = date(2025, 6, 30)


@pytest.fixture(scope="module")
def units() -> dict[str, UnitLine]:
    regions = read_regions(DATA / "regions.csv")
    return {unit.code: unit for unit in read_units(DATA / "units-2025-06-30.csv", regions)}


def test_each_level_has_its_official_count(units: dict[str, UnitLine]) -> None:
    assert Counter(unit.level for unit in units.values()) == {
        "nation": 1,
        "province": 63,
        "district": 696,
        "commune": 10_035,
    }


def test_each_kind_has_its_official_count(units: dict[str, UnitLine]) -> None:
    assert Counter(unit.kind for unit in units.values()) == {
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


@pytest.mark.parametrize(
    ("code", "name", "path"),
    [
        ("VN", "Việt Nam", "/VN/"),
        ("498", "Huyện Hoàng Sa", "/VN/48/498/"),
        ("576", "Huyện Trường Sa", "/VN/56/576/"),
        ("23329", "Xã Đoàn Kết", "/VN/62/608/23329/"),
        ("760", "Quận 1", "/VN/79/760/"),
    ],
)
def test_a_unit_stands_in_its_place(
    units: dict[str, UnitLine], code: str, name: str, path: str
) -> None:
    assert (units[code].name, units[code].path) == (name, path)


@pytest.mark.parametrize(
    ("code", "name_en", "short_name"),
    [
        ("62", "Kon Tum Province", "Kon Tum"),
        ("01", "Ha Noi City", "Hà Nội"),
        ("001", "Ba Dinh Urban District", "Ba Đình"),
        ("760", "District 1", "Quận 1"),
        ("095", "Muong Lay Town", "Mường Lay"),
        ("23329", "Doan Ket Commune", "Đoàn Kết"),
        ("24283", "Ea M'DRoh Commune", "Ea M'DRóh"),
    ],
)
def test_a_unit_has_an_english_and_a_short_name(
    units: dict[str, UnitLine], code: str, name_en: str, short_name: str
) -> None:
    assert (units[code].name_en, units[code].short_name) == (name_en, short_name)


def test_every_beginning_is_open(units: dict[str, UnitLine]) -> None:
    assert {unit.valid_from for unit in units.values()} == {None}


def test_only_the_nation_and_eleven_unmerged_provinces_go_on(units: dict[str, UnitLine]) -> None:
    assert {unit.valid_to for unit in units.values()} == {None, END}
    lasting = {unit.code for unit in units.values() if unit.valid_to is None}
    assert lasting == {"VN", "01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46"}


def test_all_below_the_nation_lies_in_one_of_seven_regions(units: dict[str, UnitLine]) -> None:
    regions = Counter(unit.region_code for unit in units.values() if unit.level == "province")
    assert regions == {
        "TDMNPB": 14, "DBSH": 11, "BTB": 6, "DHNTB": 8, "TN": 5, "DNB": 6, "DBSCL": 13,
    }  # fmt: skip
    assert units["23329"].region_code == "TN"


def test_the_licence_of_the_package_is_shipped_in_full() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    assert "Copyright (c) 2025 Tran Ngoc Minh Hieu" in text
    assert "The above copyright notice and this permission notice shall be included" in text
    assert 'THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND' in text
