"""The shipped map is loaded by one command, twice without effect, and never by half."""

import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from communes.management.commands.load_map import DATA
from communes.map_files import read_regions
from communes.models import AdministrativeUnit, Region, Succession, UnitList

pytestmark = pytest.mark.django_db
Unit = AdministrativeUnit


def load(**options: Path) -> list[str]:
    out = StringIO()
    call_command("load_map", stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_shipped_maps_are_loaded_once_and_found_again() -> None:
    assert load() == [
        "Regions: 8 added, 0 changed, 0 unchanged.",
        (
            "Units: 14,139 versions added, 0 changed, 0 removed; "
            "successions: 11,314 added, 0 changed, 0 removed."
        ),
    ]
    assert load() == ["Regions: nothing to change, 8 as in the file.", "Units: nothing to change."]
    commune = Unit.objects.select_related("region").get(code="23329")
    assert (commune.path, commune.search_name) == ("/VN/62/608/23329/", "xa doan ket")
    assert (commune.valid_from, commune.valid_to) == (None, date(2025, 6, 30))
    assert commune.region == Region.objects.get(code="TN")
    assert not Unit.objects.exclude(level="nation").filter(region=None).exists()
    former = Unit.objects.filter(level="province").on(date(2025, 6, 30)).select_related("region")
    region_of = {
        code: line.code for line in read_regions(DATA / "regions.csv") for code in line.provinces
    }
    assert {unit.code: unit.region.code for unit in former if unit.region} == region_of
    astray = Unit.objects.exclude(level__in=["nation", "province"])
    assert not astray.exclude(region=F("parent__region")).exists()
    assert not Unit.objects.filter(is_unresolved=True).exists()
    successor = Succession.objects.get(predecessor=commune).successor
    assert successor.path.startswith("/VN/51/")


def test_the_nation_and_eleven_unmerged_provinces_go_on() -> None:
    load()
    lasting = Unit.objects.filter(valid_from=None, valid_to=None).values_list("code", flat=True)
    assert set(lasting) == {
        "VN", "01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46",
    }  # fmt: skip


def test_a_list_loaded_by_hand_for_a_day_stays() -> None:
    load()
    UnitList.objects.filter(day=date(2025, 7, 1)).update(source="by hand.csv")
    load()
    assert UnitList.objects.get(day=date(2025, 7, 1)).source == "by hand.csv"


def test_a_damaged_file_is_a_clear_refusal_and_loads_nothing(tmp_path: Path) -> None:
    data = shutil.copytree(DATA, tmp_path / "data")
    path = data / "units-2025-06-30.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    index = next(index for index, line in enumerate(lines) if line.startswith("23329,"))
    lines[index] = lines[index].replace(",xa,commune,", ",hamlet,commune,")
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CommandError, match=f"csv, line {index + 1}: kind “hamlet” is none"):
        load(data=data)
    assert not Unit.objects.exists()
    assert not Region.objects.exists()
