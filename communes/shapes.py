"""The shapes of the provinces and their equal tiles, as shipped; none of it is in the database."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
SHAPES = DATA / "province-shapes.json"
# Of whom the shapes are, and what the licence asks to say where they are shown.
ATTRIBUTION = "@svg-maps/vietnam, Stephen Truong, CC BY 4.0"
ARCHIPELAGOS = {"hoangsa": "Hoàng Sa", "truongsa": "Trường Sa"}


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed line on the drawing; `code` is the province it belongs to on the day asked."""

    code: str
    path: str
    archipelago: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """The square of a province where all are equally large."""

    code: str
    column: int
    row: int
    archipelago: str = ""


@cache
def _drawn() -> dict[str, object]:
    found: dict[str, object] = json.loads(SHAPES.read_text())
    return found


def are_merged_on(day: date) -> bool:
    """Tell whether the shapes are grouped on that day: the provinces as merged in July 2025."""
    return day >= date.fromisoformat(str(_drawn()["later_from"]))


def shapes_on(day: date) -> tuple[Shape, ...]:
    """Return the shapes by the provinces of that day; those that merged share a code."""
    return _shapes("later_code" if are_merged_on(day) else "code")


def tiles_on(day: date) -> tuple[Tile, ...]:
    """Return the tiles of the provinces of that day."""
    return _tiles("tilegrid-34.csv" if are_merged_on(day) else "tilegrid-63.csv")


@cache
def _shapes(column: str) -> tuple[Shape, ...]:
    found = _drawn()["shapes"]
    assert isinstance(found, list)  # noqa: S101  (the file is ours)
    return tuple(
        Shape(item[column], item["path"], ARCHIPELAGOS.get(item["id"], "")) for item in found
    )


@cache
def _tiles(name: str) -> tuple[Tile, ...]:
    with (DATA / name).open(encoding="utf-8") as lines:
        return tuple(
            Tile(line["code"], int(line["column"]), int(line["row"]), line["archipelago"])
            for line in csv.DictReader(lines)
        )
