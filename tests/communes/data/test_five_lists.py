"""The five official lists make one map with the official counts; collected where they are."""

from datetime import date

import pytest

from communes.chronicle.deriving import derive
from communes.chronicle.entries import Chronicle
from communes.list_files import read_list, read_successions
from tests.communes.data import REFERENCE

FILES = {
    date(2019, 9, 11): "units-2019-09-11.csv",
    date(2020, 6, 1): "units-2020-06-01.csv",
    date(2025, 6, 30): "units-2025-06.csv",
    date(2025, 7, 1): "units-2025-07.csv",
    date(2026, 10, 1): "units-2026-10.csv",
}
COUNTS = [(8_913, 11_161), (8_297, 10_614), (7_692, 10_035), (2_621, 3_321), (2_599, 3_321)]


@pytest.fixture(scope="module")
def chronicle() -> Chronicle:
    lists = [read_list(REFERENCE / name, day) for day, name in FILES.items()]
    return derive(lists, read_successions(REFERENCE / "successions.csv"))


def test_each_day_has_its_official_counts(chronicle: Chronicle) -> None:
    found = []
    for day in FILES:
        units = [item for item in chronicle.versions if item.is_on(day)]
        communes = [item for item in units if item.entry.level == "commune"]
        found.append((sum(item.entry.kind == "commune" for item in communes), len(communes)))
    assert found == COUNTS


def test_every_unit_of_mid_2025_has_a_successor(chronicle: Chronicle) -> None:
    followed = {id(join.predecessor) for join in chronicle.joins}
    last = [item for item in chronicle.versions if item.last == date(2025, 6, 30)]
    assert len([item for item in last if item.entry.level == "commune"]) == 10_035
    assert all(id(item) in followed for item in last)
    unresolved = {item.code for item in chronicle.versions if item.is_unresolved}
    assert unresolved == {"01408", "28825"}


def test_versions_never_overlap_and_each_lies_in_its_parent(chronicle: Chronicle) -> None:
    days = sorted({item.first for item in chronicle.versions if item.first})
    assert len(days) == 24
    for day in days:
        units = [item for item in chronicle.versions if item.is_on(day)]
        by_code = {item.code: item for item in units}
        assert len(by_code) == len(units)
        for item in units:
            above = by_code[item.entry.parent_code].path if item.entry.parent_code else "/"
            assert item.path == f"{above}{item.code}/"
