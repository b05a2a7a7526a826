"""The shipped map is that of the reference list, unit by unit."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from communes.data.derive_units import HERE, derive, package_data, regions
from communes.management.commands.load_map import DATA
from tests.communes.data import REFERENCE

# How the reference list calls the kinds.
KINDS = {
    ("province", "tinh"): "province",
    ("province", "thanh_pho_tw"): "central_city",
    ("district", "huyen"): "district",
    ("district", "quan"): "urban_district",
    ("district", "thi_xa"): "town",
    ("district", "thanh_pho"): "provincial_city",
    ("commune", "xa"): "commune",
    ("commune", "phuong"): "ward",
    ("commune", "thi_tran"): "township",
}


def lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def shipped() -> dict[str, dict[str, str]]:
    return {line["code"]: line for line in lines(DATA / "units-2025-06-30.csv")}


@pytest.fixture(scope="module")
def reference() -> dict[str, dict[str, str]]:
    return {line["code"]: line for line in lines(REFERENCE / "units-2025-06.csv")}


Units = dict[str, dict[str, str]]


def test_the_codes_are_the_same_but_for_the_nation(shipped: Units, reference: Units) -> None:
    assert len(reference) == 10_794
    assert shipped.keys() - {"VN"} == reference.keys()


@pytest.mark.parametrize("column", ["name", "level", "valid_to"])
def test_every_unit_has_the_same(column: str, shipped: Units, reference: Units) -> None:
    differing = {
        code: unit for code, unit in reference.items() if shipped[code][column] != unit[column]
    }
    assert differing == {}


def test_every_unit_is_of_the_same_kind(shipped: Units, reference: Units) -> None:
    for code, unit in reference.items():
        assert shipped[code]["kind"] == KINDS[unit["level"], unit["kind"]], code


def test_every_unit_has_the_same_parent(shipped: Units, reference: Units) -> None:
    for code, unit in reference.items():
        assert shipped[code]["parent_code"] == (unit["parent_code"] or "VN"), code


def test_english_names_differ_only_where_the_reference_doubles_the_kind(
    shipped: Units, reference: Units
) -> None:
    differing = {
        unit["name_en"]
        for code, unit in reference.items()
        if shipped[code]["name_en"] != unit["name_en"]
    }
    assert differing == {
        "Thi Xa Muong Lay Town",
        "Thi Xa Viet Yen Town",
        "Thi Xa Buon Ho Town",
    }


def test_every_province_is_in_the_region_of_the_reference(reference: Units) -> None:
    shipped = {
        province: line["code"]
        for line in lines(DATA / "regions.csv")
        for province in line["provinces"].split()
    }
    provinces = {c: u["region"] for c, u in reference.items() if u["level"] == "province"}
    assert shipped == provinces


def test_deriving_with_the_corrections_gives_the_shipped_files(shipped: Units) -> None:
    corrections = REFERENCE / "pip-vau-1.0.4-corrections.csv"
    derived = derive(package_data(), HERE / "name-corrections.csv", corrections)
    assert [unit._asdict() for unit in derived] == list(shipped.values())
    columns = [[str(cell) for cell in row] for row in regions(REFERENCE / "regions.csv")]
    assert columns == [list(line.values()) for line in lines(DATA / "regions.csv")]
