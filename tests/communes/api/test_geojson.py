"""Units as GeoJSON: an outline with what it leaves out, a point, or nothing."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from communes.boundary_models import Boundary
from tests.api_client import reader_of
from tests.factories import NationFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
AROUND = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]
ISLAND = [[9, 9], [10, 9], [10, 10], [9, 9]]


def features(query: str = "level=commune") -> list[dict[str, Any]]:
    reader = reader_of(NationFactory(), "committee")
    answer = reader.get(f"units/geojson/?{query}")
    assert answer["Content-Type"] == "application/geo+json"
    found: list[dict[str, Any]] = json.loads(answer.getvalue())["features"]
    return found


def test_the_outline_stands_before_the_point_and_says_whose_it_is() -> None:
    province = ProvinceFactory(code="62")
    middle = {"longitude": Decimal("108.5"), "latitude": Decimal("14.5")}
    drawn = UnitFactory(code="00001", parent=province, **middle)
    UnitFactory(code="00002", parent=province, **middle)
    UnitFactory(code="00003", parent=province)
    Boundary.objects.create(
        unit=drawn, lines=[AROUND, HOLE, ISLAND], parts=[2, 1], attribution="Somebody"
    )
    found = features()
    assert [item["geometry"] for item in found] == [
        {"type": "MultiPolygon", "coordinates": [[AROUND, HOLE], [ISLAND]]},
        {"type": "Point", "coordinates": [108.5, 14.5]},
        None,
    ]
    assert [item["properties"].get("attribution") for item in found] == ["Somebody", None, None]


def test_of_lines_whose_parts_nobody_told_each_is_a_part() -> None:
    drawn = UnitFactory(code="00001")
    Boundary.objects.create(unit=drawn, lines=[AROUND, ISLAND], attribution="")
    (found,) = features()
    assert found["geometry"]["coordinates"] == [[AROUND], [ISLAND]]
