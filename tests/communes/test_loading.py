"""The map is brought in line with its files: once, whole, and level by level."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from communes.loading import load_map
from communes.map_files import RegionLine, UnitLine
from communes.models import AdministrativeUnit, Region, StaleUnit

pytestmark = pytest.mark.django_db
Unit = AdministrativeUnit
END = date(2025, 6, 30)
REGIONS = [RegionLine("TN", "Tây Nguyên", "Central Highlands", 5, ("62",))]


def line(path: str, name: str, kind: str, level: str, **more: Any) -> UnitLine:
    *_, parent, code, _end = ["", *path.split("/")]
    facts: dict[str, Any] = {
        "name_en": "",
        "short_name": name,
        "region_code": "TN",
        "valid_from": None,
    }
    facts |= {"kind": kind, "level": level, "parent_code": parent, "valid_to": END} | more
    return UnitLine(code=code, name=name, path=path, **facts)


UNITS = [
    line("/VN/", "Việt Nam", "nation", "nation", region_code="", valid_to=None),
    line("/VN/62/", "Tỉnh Kon Tum", "province", "province"),
    line("/VN/62/608/", "Thành phố Kon Tum", "provincial_city", "district"),
    line("/VN/62/608/23329/", "Xã Đoàn Kết", "commune", "commune"),
]


def load(units: list[UnitLine] = UNITS, regions: list[RegionLine] = REGIONS) -> tuple[int, ...]:
    _regions, loaded = load_map(regions, units, source="a file", progress=lambda _count: None)
    return len(loaded.added), len(loaded.changed), len(loaded.unchanged)


def test_units_are_linked_from_the_nation_down() -> None:
    assert load() == (4, 0, 0)
    commune = Unit.objects.get(code="23329")
    assert commune.parent == Unit.objects.get(code="608")
    assert commune.path == "/VN/62/608/23329/"
    assert commune.search_name == "xa doan ket"
    assert commune.region == Region.objects.get(code="TN")
    assert (commune.valid_from, commune.valid_to) == (None, END)


def test_the_nation_stands_alone_and_in_no_region() -> None:
    load()
    nation = Unit.objects.get(code="VN")
    assert (nation.parent, nation.region, nation.valid_to) == (None, None, None)


def test_a_second_run_changes_nothing() -> None:
    load()
    before = list(Unit.objects.values())
    assert load() == (0, 0, 4)
    assert list(Unit.objects.values()) == before
    assert not StaleUnit.objects.exists()


def test_a_corrected_name_is_changed_in_its_row() -> None:
    load()
    key = Unit.objects.get(code="23329").pk
    assert load([*UNITS[:3], replace(UNITS[3], name="Xã Đoàn Kết Mới")]) == (0, 1, 3)
    commune = Unit.objects.get(code="23329")
    assert (commune.pk, commune.search_name) == (key, "xa doan ket moi")
    assert not StaleUnit.objects.exists()


def test_every_fact_of_a_unit_can_be_corrected() -> None:
    load()
    kept = Unit.objects.values("id", "code", "valid_from").get(code="23329")
    corrected = replace(
        UNITS[3],
        name="Phường Mới",
        name_en="Moi Ward",
        short_name="Mới",
        kind="ward",
        valid_to=date(2024, 12, 31),
    )
    assert load([*UNITS[:3], corrected]) == (0, 1, 3)
    facts = ["name", "name_en", "short_name", "kind", "valid_to"]
    row = Unit.objects.values(*kept, *facts).get(code="23329")
    assert row == kept | {fact: getattr(corrected, fact) for fact in facts}
    assert set(StaleUnit.objects.values_list("unit__code", flat=True)) == {"23329", "608"}


def test_a_corrected_region_is_changed_in_its_row() -> None:
    load()
    load(regions=[replace(REGIONS[0], name_en="Highlands")])
    assert Region.objects.get().name_en == "Highlands"


def test_what_the_file_does_not_say_is_kept() -> None:
    load()
    Unit.objects.filter(code="23329").update(population=5000)
    load([*UNITS[:3], replace(UNITS[3], name="Xã Khác")])
    assert Unit.objects.get(code="23329").population == 5000


def test_another_version_is_a_row_of_its_own() -> None:
    load()
    later = replace(UNITS[3], name="Xã Sau", valid_from=date(2025, 7, 1), valid_to=None)
    assert load([*UNITS[:3], later]) == (1, 0, 3)
    names = Unit.objects.filter(code="23329").order_by("valid_to").values_list("name", flat=True)
    assert set(names) == {"Xã Đoàn Kết", "Xã Sau"}


def test_a_unit_that_moves_is_owed_to_the_roll_up_with_both_its_parents() -> None:
    other = line("/VN/62/609/", "Huyện Khác", "district", "district")
    load([*UNITS[:3], other, UNITS[3]])
    moved = replace(UNITS[3], parent_code="609", path="/VN/62/609/23329/")
    assert load([*UNITS[:3], other, moved]) == (0, 1, 4)
    marked = StaleUnit.objects.values_list("unit__code", flat=True)
    assert set(marked) == {"23329", "608", "609"}


def test_a_unit_added_later_is_owed_to_the_roll_up() -> None:
    load(UNITS[:3])
    assert not StaleUnit.objects.exists()
    load()
    assert set(StaleUnit.objects.values_list("unit__code", flat=True)) == {"23329", "608"}


def test_nothing_is_loaded_when_one_unit_contradicts_the_map() -> None:
    load(UNITS[:3])
    contradiction = replace(UNITS[0], valid_from=date(2020, 1, 1), name="Bản khác")
    with pytest.raises(IntegrityError):
        load([contradiction], [replace(REGIONS[0], name="Khác")])
    assert Unit.objects.count() == 3
    assert Region.objects.get().name == "Tây Nguyên"


def test_progress_counts_every_unit_once() -> None:
    steps: list[int] = []
    load_map(REGIONS, UNITS, source="a file", progress=steps.append)
    assert sum(steps) == len(UNITS)
    assert len(steps) == 4


def test_the_number_of_queries_grows_with_levels_not_with_units(
    django_assert_num_queries: Any,
) -> None:
    few, many = (
        [replace(UNITS[3], code=str(code), path=f"/VN/62/608/{code}/") for code in codes]
        for codes in (range(23400, 23401), range(23500, 23530))
    )
    load()
    with CaptureQueriesContext(connection) as for_few:
        load([*UNITS, *few])
    with django_assert_num_queries(len(for_few)):
        load([*UNITS, *many])
