"""The five official lists make one map with the official counts; collected where they are."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from communes.chronicle.deriving import derive
from communes.chronicle.entries import Chronicle, Listing, Said
from communes.list_files import read_list, read_successions
from communes.loading import ListFile, SuccessionFile, load_lists, load_regions
from communes.management.commands.load_map import DATA
from communes.map_files import read_regions
from communes.models import AdministrativeUnit, Succession
from criteria.models import Assessment
from programme.rollup import refresh_stale
from tests.communes.data import REFERENCE
from tests.factories import RoundFactory
from tests.programme.rows import MET, assess, set_of

FILES = {
    date(2019, 9, 11): "units-2019-09-11.csv",
    date(2020, 6, 1): "units-2020-06-01.csv",
    date(2025, 6, 30): "units-2025-06.csv",
    date(2025, 7, 1): "units-2025-07.csv",
    date(2026, 10, 1): "units-2026-10.csv",
}
COUNTS = [(8_913, 11_161), (8_297, 10_614), (7_692, 10_035), (2_621, 3_321), (2_599, 3_321)]


@pytest.fixture(scope="module")
def official() -> tuple[list[Listing], list[Said]]:
    lists = [read_list(REFERENCE / name, day) for day, name in FILES.items()]
    return lists, read_successions(REFERENCE / "successions.csv")


@pytest.fixture(scope="module")
def chronicle(official: tuple[list[Listing], list[Said]]) -> Chronicle:
    return derive(*official)


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


@pytest.fixture(scope="module")
def of_two_provinces(
    official: tuple[list[Listing], list[Said]],
) -> tuple[list[Listing], list[Said]]:
    """Kon Tum and Quảng Ngãi, which became one."""
    lists, said = [_within(listing) for listing in official[0]], official[1]
    codes = {code for listing in lists for code in listing.entries}
    return lists, [row for row in said if row.predecessor in codes and row.successor in codes]


def _within(listing: Listing) -> Listing:
    def line(code: str) -> set[str]:
        above = listing.entries[code].parent_code
        return {code} | (line(above) if above else set())

    kept = {
        code: entry
        for code, entry in listing.entries.items()
        if code == "VN" or line(code) & {"51", "62"}
    }
    return Listing(listing.day, kept)


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["01234", "43210", "14032"])
def test_in_any_order_the_rows_are_those_of_all_lists_together_and_all_sums_hold(
    order: str, of_two_provinces: tuple[list[Listing], list[Said]]
) -> None:
    lists, said = of_two_provinces
    load_regions(read_regions(DATA / "regions.csv"))
    first, *others = [lists[int(place)] for place in order]
    _load(first, said)
    met = set_of(1)
    for year in (2019, 2020, 2025):
        round_ = RoundFactory(code=f"{year}-Q4", reference_date=date(year, 12, 31))
        assess(AdministrativeUnit.objects.get(code="23356"), round_, MET, criteria_set=met)
    for listing in others:
        _load(listing, said)
    wanted = derive(lists, said)
    held = AdministrativeUnit.objects.values_list("path", "name", "valid_from", "valid_to")
    assert set(held) == {(v.path, v.entry.name, v.first, v.last) for v in wanted.versions}
    assert Succession.objects.count() == len(wanted.joins)
    for item in Assessment.objects.select_related("unit", "round"):
        assert AdministrativeUnit.objects.on(item.round.reference_date).filter(pk=item.unit_id)
    refresh_stale()
    call_command("verify_summaries", stdout=StringIO())


def _load(listing: Listing, said: list[Said]) -> None:
    load_lists([ListFile(listing, "list.csv")], SuccessionFile(REFERENCE / "said.csv", said))
