"""Totals are equal on both maps: for every metric and every pair of maps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communes.carrying import Version, addends, line, place_all
from communes.chronicle.deriving import derive
from communes.list_files import read_list, read_successions
from communes.management.commands.load_map import DATA
from communes.models import AdministrativeUnit
from criteria.models.assessments import Basis
from programme import carried
from programme.dashboard import figures, ground, tallies
from programme.dashboard.rounds import choose
from programme.metrics import METRICS
from programme.models import Summary
from programme.rollup.counters import COUNTERS

if TYPE_CHECKING:
    from programme.dashboard.rounds import Rounds

DAYS = [date(2019, 12, 31), date(2021, 12, 31), date(2023, 12, 31), date(2025, 12, 31)]
EACH = 6  # units of one map: three provinces, of which two have communes

Sums = dict[int, Counter[str]]


def versions_of(at: int) -> list[Version]:
    """The map of a day: the nation, two provinces and communes, under new codes each time."""
    begins = DAYS[at - 1] + timedelta(days=1) if at else None
    ends = DAYS[at] if at < len(DAYS) - 1 else None
    pk = 100 * (at + 1)
    provinces = [Version(pk + n, 1, f"/VN/{pk + n}/", begins, ends) for n in range(2)]
    return provinces + [
        Version(pk + 10 + n, above.pk, f"{above.path}{pk + 10 + n}/", begins, ends)
        for n in range(EACH)
        for above in [provinces[n % 2]]
    ]


MAPS = [versions_of(at) for at in range(len(DAYS))]
VERSIONS = [Version(1, None, "/VN/", None, None), *(unit for found in MAPS for unit in found)]
joins = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14)
counts = st.lists(st.integers(0, 5), min_size=EACH, max_size=EACH)


def summed(versions: Iterable[Version], own: dict[int, Counter[str]]) -> Sums:
    """What the roll-up stores: the counters of each unit and of all that lies in it."""
    by_path = {version.path: version.pk for version in versions}
    sums: Sums = defaultdict(Counter)
    for version in versions:
        for path in line(version.path):
            sums[by_path[path]].update(own.get(version.pk, Counter()))
    return sums


def carry(
    sums: Sums, versions: Sequence[Version], joined: Iterable[tuple[int, int]], day: date
) -> dict[str, Counter[str]]:
    """What the pages show on the map of the day: signed sums of what is stored."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for pk, path, sign in addends(versions, place_all(versions, joined, day)):
        for name, number in sums.get(pk, {}).items():
            found[path][name] += sign * number
    return found


@settings(max_examples=40)
@given(st.lists(joins, min_size=3, max_size=3), counts)
def test_each_metric_of_the_nation_is_equal_on_every_later_map(
    became: list[list[tuple[int, int]]], own: list[int]
) -> None:
    joined = [
        (MAPS[at][before].pk, MAPS[at + 1][after].pk)
        for at, pairs in enumerate(became)
        for before, after in pairs
    ]
    for at, units in enumerate(MAPS):
        numbers = {
            unit.pk: Counter({name: number + n for n, name in enumerate(COUNTERS)})
            for unit, number in zip(units[2:], own, strict=True)
        }
        sums = summed([VERSIONS[0], *units], numbers)
        for day in DAYS[at:]:
            shown = carry(sums, VERSIONS, joined, day)
            for metric in METRICS.values():
                assert metric.value(shown["/VN/"]) == metric.value(sums[1]), (metric.code, day)


def test_every_commune_of_the_shipped_maps_is_counted_once_on_the_map_of_today() -> None:
    days = date(2025, 6, 30), date(2025, 7, 1)
    lists = [read_list(DATA / f"units-{day}.csv", day) for day in days]
    chronicle = derive(lists, read_successions(DATA / "successions-2025-07-01.csv"))
    keys = {id(version): pk for pk, version in enumerate(chronicle.versions, 1)}
    versions = [
        Version(
            keys[id(item)],
            keys[id(item.parent)] if item.parent else None,
            item.path,
            item.first,
            item.last,
        )
        for item in chronicle.versions
    ]
    joined = [(keys[id(join.predecessor)], keys[id(join.successor)]) for join in chronicle.joins]
    own = {
        keys[id(item)]: Counter({item.entry.kind: 1})
        for item, version in zip(chronicle.versions, versions, strict=True)
        if item.entry.level == "commune" and version.is_on(date(2025, 6, 30))
    }
    former = [version for version in versions if version.is_on(date(2025, 6, 30))]
    shown = carry(summed(former, own), versions, joined, date(2025, 7, 1))
    assert shown["/VN/"] == {"commune": 7_692, "ward": 1_726, "township": 617}
    provinces = [path for path in shown if path.count("/") == 3]
    assert len(provinces) == 34
    assert sum((shown[path] for path in provinces), Counter()) == shown["/VN/"]


# What follows asks the pages' own reading, with rows.


def totals(shown: Rounds) -> tuple[dict[str, Decimal | None], list[tuple[object, ...]]]:
    """Every metric of the nation on both bases, and the verdicts on each criterion."""
    nation = AdministrativeUnit.objects.get(code="VN")
    assert shown.chosen
    found = figures.read(nation, ground.below(nation, shown), shown)["VN", shown.chosen.pk]
    metrics = {
        f"{item.code} {row.basis}": item.value({name: getattr(row, name) for name in item.reads})
        for item in METRICS.values()
        for row in (found.reported, found.verified)
    }
    cells = tallies.of([nation], shown)["VN"]
    return metrics, [(cell.criterion.code, cell.met, cell.not_met, cell.missing) for cell in cells]


@pytest.mark.parametrize("on", [date(2021, 6, 1), date(2023, 6, 1), date(2025, 6, 1)])
def test_pages_show_equal_totals_whatever_day_it_is(rounds: list[str], on: date) -> None:
    with patch("django.utils.timezone.localdate", return_value=on):
        for code in rounds:
            assert totals(choose(code, "today")) == totals(choose(code)), (code, on)


def test_a_divided_figure_is_in_no_part_and_in_the_whole_once(rounds: list[str]) -> None:
    shown = choose("2022-Q4", "today")
    nation = AdministrativeUnit.objects.get(code="VN")
    below = ground.below(nation, shown)
    found = figures.read(nation, below, shown)
    assert shown.chosen
    parts = [found.get((unit.code, shown.chosen.pk)) for unit in below]
    assert found["VN", shown.chosen.pk].reported.assessed == 2
    assert sum(item.reported.assessed for item in parts if item) == 1
    rows = {row.basis for row in carried.summaries([nation.pk], [shown.chosen])}
    assert rows == set(Basis.values)
    assert Summary.objects.filter(round=shown.chosen, unit=nation).count() == 2
