"""The script refuses what it was not written for, and derives the files that are shipped."""

import csv
from pathlib import Path

import pytest

from communes.data import derive_units
from communes.data.derive_units import (
    HERE,
    Pair,
    Place,
    Unit,
    derive,
    derive_since,
    derive_successions,
    package_data,
)

RENAMES = HERE / "name-corrections.csv"
SUCCESSION_COLUMNS = "action,predecessor_code,successor_code,predecessor,successor"


@pytest.fixture
def no_corrections(tmp_path: Path) -> Path:
    path = tmp_path / "corrections.csv"
    path.write_text(f"{SUCCESSION_COLUMNS}\n", encoding="utf-8")
    return path


def shipped(name: str) -> tuple[list[str], list[list[str]]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        heading, *lines = csv.reader(file)
    return heading, lines


def test_the_shipped_lists_are_what_the_package_gives() -> None:
    for name, units in [
        ("units-2025-06-30.csv", derive(package_data(), RENAMES, {})),
        ("units-2025-07-01.csv", derive_since(package_data(), {})),
    ]:
        heading, lines = shipped(name)
        assert heading == list(Unit._fields)
        assert [unit[:-1] for unit in units] == [tuple(line[:-1]) for line in lines]


def test_the_shipped_successions_are_what_the_package_gives_but_for_the_corrections(
    no_corrections: Path,
) -> None:
    heading, lines = shipped("successions-2025-07-01.csv")
    derived = derive_successions(package_data(), no_corrections)
    assert heading == list(Pair._fields)
    pairs = {pair[:2] for pair in derived}
    assert len(pairs ^ {tuple(line[:2]) for line in lines}) < 60


def test_a_correction_of_an_unknown_unit_stops_it(no_corrections: Path) -> None:
    with no_corrections.open("a", encoding="utf-8") as file:
        file.write("drop,99999,20333,Xã Không Có,Đặc khu Hoàng Sa\n")
    with pytest.raises(SystemExit, match="predecessor 99999 is not in the lists"):
        derive_successions(package_data(), no_corrections)


def test_a_name_that_the_package_no_longer_misspells_stops_it(tmp_path: Path) -> None:
    renames = tmp_path / "names.csv"
    renames.write_text("code,name_in_package,official_name\n62,Tỉnh Kontum,Tỉnh Kon Tum\n")
    with pytest.raises(SystemExit, match="the package calls 62 Tỉnh Kon Tum"):
        derive_units.renamed({"62": Place("province", "Tỉnh Kon Tum", "")}, renames)


def test_another_count_stops_it() -> None:
    with pytest.raises(SystemExit, match="0 of level province, not 34"):
        derive_units.require_counts("units-2025-07-01.csv", [])


def test_another_version_of_the_package_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derive_units, "VERSION", "9.9.9")
    with pytest.raises(SystemExit, match=r"9\.9\.9 is needed, 1\.0\.4 is installed"):
        package_data()
