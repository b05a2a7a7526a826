"""Which communes come first, of all that reported."""

from __future__ import annotations

from programme.dashboard.acting.ranking import SHOWN, Standing, rank


def commune(
    pk: int, met: int, unmet: int, before: int | None = None, verified: int | None = None
) -> Standing:
    return Standing(pk, pk, met, unmet, unmet == 0, before, verified)


def test_those_one_short_come_before_those_two_short() -> None:
    rows = [commune(1, 17, 2), commune(2, 18, 1), commune(3, 16, 3), commune(4, 19, 0)]
    assert [row.unit for row in rank(rows).near.first] == [2, 1]


def test_slipping_and_rising_go_by_how_many_criteria() -> None:
    rows = [commune(1, 10, 9, 11), commune(2, 10, 9, 14), commune(3, 10, 9, 7), commune(4, 9, 10)]
    found = rank([*rows, commune(5, 10, 9, 10)])
    assert [row.unit for row in found.lost.first] == [2, 1]
    assert [row.unit for row in found.gained.first] == [3]


def test_a_gap_is_only_what_is_reported_beyond_what_is_verified() -> None:
    rows = [commune(1, 12, 7, verified=12), commune(2, 12, 7), commune(3, 12, 7, verified=15)]
    found = rank([*rows, commune(4, 12, 7, verified=9), commune(5, 12, 7, verified=4)])
    assert [(row.unit, row.gap) for row in found.gap.first] == [(5, 8), (4, 3)]


def test_the_first_are_named_and_all_are_counted() -> None:
    found = rank(commune(pk, 18, 1) for pk in range(SHOWN + 5))
    assert (len(found.near.first), found.near.total) == (SHOWN, SHOWN + 5)
    assert found.units == set(range(SHOWN))
