"""The classes of a map."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.dashboard.maps import classes

NUMBERS = st.lists(st.decimals(0, 100_000, places=1), min_size=1, max_size=80)


@pytest.mark.parametrize(
    ("value", "heat"),
    [(None, 0), ("0", 1), ("29.99", 1), ("30", 2), ("69.9", 3), ("70", 4), ("90", 5), ("100", 5)],
)
def test_a_percentage_has_the_same_classes_on_every_map(value: str | None, heat: int) -> None:
    assert classes.of_percent().heat(None if value is None else Decimal(value)) == heat


def test_counts_are_cut_at_round_numbers() -> None:
    scale = classes.of_values(Decimal(number) for number in range(7, 207))
    assert scale.edges == (Decimal(45), Decimal(85), Decimal(125), Decimal(165))


def test_values_that_are_all_alike_make_one_class() -> None:
    scale = classes.of_values([Decimal(4), None, Decimal(4)])
    assert scale.bands([Decimal(4), None]) == [classes.Band(3, None, None, 1)]


@given(NUMBERS)
def test_the_legend_counts_each_value_once_in_its_class(numbers: list[Decimal]) -> None:
    scale = classes.of_values(numbers)
    bands = scale.bands(numbers)
    assert sum(band.count for band in bands) == len(numbers)
    assert len({band.heat for band in bands}) == len(bands) <= classes.CLASSES
    for number in numbers:
        (band,) = [band for band in bands if band.heat == scale.heat(number)]
        assert band.low is None or band.low <= number
        assert band.high is None or number < band.high
