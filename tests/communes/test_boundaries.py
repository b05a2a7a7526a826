"""Outlines of communes are read from TopoJSON and joined to the units of a day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from communes import boundaries
from communes.boundary_models import Boundary
from tests.factories import UnitFactory

DAY = date(2020, 12, 31)
# Two squares side by side, quantised: the middle line is drawn once, and backwards in the second.
TOPOLOGY: dict[str, Any] = {
    "type": "Topology",
    "attribution": "Somebody, CC BY",
    "transform": {"scale": [0.1, 0.1], "translate": [108, 14]},
    "arcs": [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 10], [10, -10]]],
    "objects": {
        "communes": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "00001"}},
                {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"code": "00002"}},
            ],
        }
    },
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "communes.topo.json"
    path.write_text(json.dumps(TOPOLOGY))
    return path


def test_arcs_are_joined_to_closed_lines_in_degrees(file: Path) -> None:
    found = boundaries.read(file)
    assert found.attribution == "Somebody, CC BY"
    first = found.parts["00001"]
    assert first == [[[(109, 14), (109, 15), (108, 15), (108, 14), (109, 14)]]]
    assert found.parts["00002"][0][0][-1] == (109, 14)


@pytest.mark.django_db
def test_a_second_load_replaces_the_first(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unit = UnitFactory(code="00001")
    for _ in range(2):
        call_command("load_boundaries", str(file), "--date", str(DAY))
    assert [item.unit_id for item in Boundary.objects.all()] == [unit.pk]
    assert "these codes: 1: 00002" in capsys.readouterr().out


@pytest.mark.parametrize("written", ["{", "[]", '{"arcs": [], "objects": {"a": {}}}'])
def test_another_file_is_refused(tmp_path: Path, written: str) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(written)
    with pytest.raises(boundaries.NotTopologyError, match=r"wrong\.json"):
        boundaries.read(path)
    with pytest.raises(CommandError, match=r"wrong\.json"):
        call_command("load_boundaries", str(path))
