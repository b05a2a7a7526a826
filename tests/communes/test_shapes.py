"""The shapes and tiles that are shipped: none is missing, and the islands least of all."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from communes import shapes
from communes.list_files import read_list
from communes.management.commands.load_map import DATA

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
LINES_IN_THE_SOURCE = 178


@pytest.fixture(scope="module")
def provinces() -> set[str]:
    units = read_list(DATA / "units-2025-06-30.csv", BEFORE).entries.values()
    return {unit.code for unit in units if unit.level == "province"}


def test_the_drawing_is_light() -> None:
    assert shapes.SHAPES.stat().st_size <= 40_000


def test_no_island_of_the_source_is_lost() -> None:
    drawn = shapes.shapes_on(BEFORE)
    assert sum(shape.path.count("M") for shape in drawn) == LINES_IN_THE_SOURCE
    assert all(shape.path.count("M") == shape.path.count("z") for shape in drawn)


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_hoang_sa_and_truong_sa_are_always_drawn(day: date) -> None:
    for found in (shapes.shapes_on(day), shapes.tiles_on(day)):
        assert {item.archipelago: item.code for item in found if item.archipelago} == {
            "Hoàng Sa": "48",
            "Trường Sa": "56",
        }


def test_every_province_has_a_shape_and_a_tile(provinces: set[str]) -> None:
    assert {shape.code for shape in shapes.shapes_on(BEFORE)} == provinces
    assert {tile.code for tile in shapes.tiles_on(BEFORE)} == provinces


def test_since_july_2025_the_same_shapes_stand_together() -> None:
    before, after = shapes.shapes_on(BEFORE), shapes.shapes_on(AFTER)
    assert [shape.path for shape in before] == [shape.path for shape in after]
    assert len({shape.code for shape in after}) == 34
    assert {tile.code for tile in shapes.tiles_on(AFTER)} == {shape.code for shape in after}


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_no_two_tiles_lie_on_each_other(day: date) -> None:
    places = sorted((tile.row, tile.column) for tile in shapes.tiles_on(day))
    assert all(one != other for one, other in pairwise(places))
