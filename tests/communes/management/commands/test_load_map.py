"""The shipped map is loaded by one command, twice without effect, and never by half."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from communes.management.commands.load_map import DATA
from communes.models import AdministrativeUnit, Region

pytestmark = pytest.mark.django_db
Unit = AdministrativeUnit


def load(**options: Path) -> list[str]:
    out = StringIO()
    call_command("load_map", stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_shipped_map_is_loaded_once_and_found_again() -> None:
    assert load() == [
        "Regions: 7 added, 0 changed, 0 unchanged.",
        "Units: 10,795 added, 0 changed, 0 unchanged.",
    ]
    assert load() == [
        "Regions: nothing to change, 7 as in the file.",
        "Units: nothing to change, 10,795 as in the file.",
    ]
    commune = Unit.objects.select_related("region").get(code="23329")
    assert (commune.path, commune.search_name) == ("/VN/62/608/23329/", "xa doan ket")
    assert commune.region == Region.objects.get(code="TN")
    assert not Unit.objects.exclude(level="nation").filter(region=None).exists()


def test_a_damaged_file_is_a_clear_refusal_and_loads_nothing(tmp_path: Path) -> None:
    lines = (DATA / "units-2025-06-30.csv").read_text(encoding="utf-8").splitlines()
    index = next(index for index, line in enumerate(lines) if line.startswith("23329,"))
    lines[index] = lines[index].replace(",commune,commune,", ",hamlet,commune,")
    damaged = tmp_path / "units.csv"
    damaged.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CommandError, match=f"^units.csv, line {index + 1}: kind “hamlet” is none"):
        load(units=damaged)
    assert not Unit.objects.exists()
    assert not Region.objects.exists()


def test_a_map_that_contradicts_the_database_is_a_clear_refusal() -> None:
    Unit.objects.create(
        code="VN", name="Việt Nam", level="nation", kind="nation", valid_from=date(2020, 1, 1)
    )
    with pytest.raises(CommandError, match="The map was not loaded, nothing was changed"):
        load()
    assert Unit.objects.count() == 1
