"""The rule on where units of all days stand on the map of one day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communes.carrying import How, Version, addends, place_all

THEN, NOW = date(2020, 12, 31), date(2025, 12, 31)
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
NATION = Version(1, None, "/VN/", None, None)


def before(pk: int, parent: int, path: str) -> Version:
    return Version(pk, parent, path, None, LAST)


def after(pk: int, parent: int, path: str) -> Version:
    return Version(pk, parent, path, FIRST, None)


# Two provinces with a district each become one without districts.
OLD = [
    NATION,
    before(2, 1, "/VN/51/"),
    before(3, 1, "/VN/62/"),
    before(4, 2, "/VN/51/520/"),
    before(5, 3, "/VN/62/608/"),
    *(before(pk, 4, f"/VN/51/520/{pk}/") for pk in (10, 11, 12)),
    *(before(pk, 5, f"/VN/62/608/{pk}/") for pk in (20, 21, 22)),
]
NEW = [
    after(30, 1, "/VN/51/"),
    after(31, 30, "/VN/51/031/"),
    after(32, 30, "/VN/51/032/"),
    after(33, 1, "/VN/66/"),
    after(34, 33, "/VN/66/034/"),
]
WHOLE = [(2, 30), (3, 30), (4, 30), (5, 30), (10, 31), (11, 31), (20, 31), (21, 32)]


@pytest.mark.parametrize(
    ("successions", "place", "how"),
    [
        ([(12, 32)], "/VN/51/032/", How.WHOLE),
        ([(12, 31), (12, 32)], "/VN/51/", How.DIVIDED),
        ([(12, 31), (12, 34)], "/VN/", How.DIVIDED),
        ([], "/VN/51/", How.UNRESOLVED),
        ([(12, 99)], "/VN/51/", How.UNRESOLVED),
        ([(12, 12)], "/VN/51/", How.UNRESOLVED),
    ],
)
def test_a_unit_stands_where_all_it_became_stands(
    successions: list[tuple[int, int]], place: str, how: How
) -> None:
    placed = place_all([*OLD, *NEW], [*WHOLE, *successions], NOW)[12]
    assert (placed.place.path, placed.how) == (place, how)


def test_a_unit_of_the_day_stands_there_itself() -> None:
    placed = place_all([*OLD, *NEW], WHOLE, THEN)
    assert {placed[unit.pk].how for unit in OLD} == {How.ITSELF}
    assert not any(unit.pk in placed for unit in NEW)  # nothing is carried back


def test_parts_that_came_together_again_are_one_whole() -> None:
    between = [
        Version(40, 4, "/VN/51/520/40/", FIRST, FIRST),
        Version(41, 4, "/VN/51/520/41/", FIRST, FIRST),
    ]
    placed = place_all(
        [*OLD, *NEW, *between], [*WHOLE, (12, 40), (12, 41), (40, 31), (41, 31)], NOW
    )
    assert (placed[12].place.path, placed[12].how) == ("/VN/51/031/", How.WHOLE)


def test_only_where_ways_part_is_anything_added() -> None:
    versions = [*OLD, *NEW]
    successions = [*WHOLE, (12, 31), (12, 32), (22, 34)]
    found = {
        (pk, path, sign)
        for pk, path, sign in addends(versions, place_all(versions, successions, NOW))
        if pk < 30
    }
    assert found == {
        (1, "/VN/", 1),
        (2, "/VN/51/", 1),
        (3, "/VN/51/", 1),
        (10, "/VN/51/031/", 1),
        (11, "/VN/51/031/", 1),
        (20, "/VN/51/031/", 1),
        (21, "/VN/51/032/", 1),
        (22, "/VN/51/", -1),  # it left what its district went into
        (22, "/VN/66/", 1),
        (22, "/VN/66/034/", 1),
        (12, "/VN/51/031/", 0),  # a part of it lies there, its figure stands in the province
        (12, "/VN/51/032/", 0),
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from([10, 11, 12, 20, 21, 22, 4, 5, 2, 3]),
            st.sampled_from([30, 31, 32, 33, 34]),
        ),
        max_size=25,
    ),
    st.lists(st.integers(0, 9), min_size=len(OLD), max_size=len(OLD)),
)
def test_sums_are_conserved_whatever_became_of_the_units(
    successions: list[tuple[int, int]], own: list[int]
) -> None:
    versions = [*OLD, *NEW]
    placed = place_all(versions, successions, NOW)
    sums: Counter[int] = Counter()
    for unit, number in zip(OLD, own, strict=True):
        for holder in OLD:
            if unit.path.startswith(holder.path):
                sums[holder.pk] += number
    carried: Counter[str] = Counter()
    for pk, path, sign in addends(versions, placed):
        carried[path] += sign * sums[pk]
    directly: Counter[str] = Counter()
    for unit, number in zip(OLD, own, strict=True):
        for holder in (NATION, *NEW):
            if placed[unit.pk].place.path.startswith(holder.path):
                directly[holder.path] += number
    assert {path: carried[path] for path in directly} == dict(directly)
    assert carried["/VN/"] == sum(own)


def test_a_version_is_on_the_map_on_its_first_and_its_last_day() -> None:
    unit = Version(1, None, "/VN/", FIRST, NOW)
    one = timedelta(days=1)
    days = (FIRST - one, FIRST, NOW, NOW + one)
    assert [unit.is_on(day) for day in days] == [False, True, True, False]
