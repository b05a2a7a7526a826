"""The shipped maps are those of the reference lists, unit by unit and pair by pair."""

from collections.abc import Sequence
from datetime import date

import pytest

from communes.chronicle.entries import Entry
from communes.data.derive_units import (
    HERE,
    SCHEME,
    SCHEME_SINCE,
    derive,
    derive_since,
    derive_successions,
    package_data,
    regions,
    regions_of,
)
from communes.list_files import read_list, read_successions
from communes.management.commands.load_map import DATA
from tests.communes.data import REFERENCE

BEFORE, SINCE = date(2025, 6, 30), date(2025, 7, 1)
FILES = {BEFORE: "units-2025-06.csv", SINCE: "units-2025-07.csv"}
CORRECTIONS = REFERENCE / "pip-vau-1.0.4-corrections.csv"


def both(day: date) -> tuple[dict[str, Entry], dict[str, Entry]]:
    shipped = read_list(DATA / f"units-{day}.csv", day)
    return dict(shipped.entries), dict(read_list(REFERENCE / FILES[day], day).entries)


@pytest.mark.parametrize("day", FILES)
@pytest.mark.parametrize("column", ["name", "level", "kind", "parent_code", "region_code"])
def test_every_unit_has_the_same(day: date, column: str) -> None:
    shipped, reference = both(day)
    assert shipped.keys() == reference.keys()
    differing = {
        code: (getattr(shipped[code], column), getattr(unit, column))
        for code, unit in reference.items()
        if getattr(shipped[code], column).replace("'", "’")
        != getattr(unit, column).replace("'", "’")
    }
    assert differing == {}


def test_english_names_differ_only_where_the_reference_doubles_the_kind() -> None:
    shipped, reference = both(BEFORE)
    differing = {
        unit.name_en for code, unit in reference.items() if shipped[code].name_en != unit.name_en
    }
    assert differing == {"Thi Xa Muong Lay Town", "Thi Xa Viet Yen Town", "Thi Xa Buon Ho Town"}


def test_every_succession_is_that_of_the_reference() -> None:
    shipped = read_successions(DATA / "successions-2025-07-01.csv")
    reference = [row for row in read_successions(REFERENCE / "successions.csv") if row.day == SINCE]
    assert len(shipped) == 11_314
    key = {(row.predecessor, row.successor): (row.is_main, row.kind == "split") for row in shipped}
    assert key == {
        (row.predecessor, row.successor): (row.is_main, row.kind == "split") for row in reference
    }


def test_deriving_with_the_corrections_gives_the_shipped_files() -> None:
    def lines(name: str) -> list[str]:
        return (DATA / name).read_text(encoding="utf-8").splitlines()[1:]

    source = REFERENCE / "regions.csv"
    data = package_data()
    before, since = (regions_of(source, scheme) for scheme in (SCHEME, SCHEME_SINCE))
    derived: dict[str, Sequence[tuple[object, ...]]] = {
        "units-2025-06-30.csv": derive(data, HERE / "name-corrections.csv", before),
        "units-2025-07-01.csv": derive_since(data, since),
        "successions-2025-07-01.csv": derive_successions(data, CORRECTIONS),
        "regions.csv": list(regions(source)),
    }
    for name, rows in derived.items():
        assert [",".join(str(cell) for cell in row) for row in rows] == lines(name)
