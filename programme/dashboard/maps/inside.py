"""A map of the communes of a place: their outlines where loaded, else points where known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, radians
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from programme.dashboard.maps import classes
from programme.dashboard.maps.drawing import Area, Drawing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from programme.dashboard.children import Row
    from programme.dashboard.maps.choosing import Choice

SIZE, MARGIN = 1000, 20


@dataclass(frozen=True, slots=True)
class Inside(Drawing):
    """What is drawn of communes, and whose outlines they are; empty where all are points."""

    source: str = ""


def draw(rows: Iterable[Row], choice: Choice) -> Inside | None:
    """Draw the communes among the rows; nothing where none can be placed."""
    communes = [row for row in rows if row.unit.level == AdministrativeUnit.Level.COMMUNE]
    if not communes:
        return None
    placed = [(row, lines) for row in communes if (lines := _lines(row.unit))]
    if not placed:
        return None
    plane = _Plane.around([point for _row, lines in placed for line in lines for point in line])
    values = {row.unit.pk: choice.value(row.now) for row, _lines in placed}
    scale = classes.of_percent() if choice.is_percent else classes.of_values(values.values())
    areas = [
        plane.placed(Area(row.unit, value := values[row.unit.pk], scale.heat(value)), lines)
        for row, lines in placed
    ]
    return Inside(
        choice,
        areas,
        scale.bands(values.values()),
        sum(value is None for value in values.values()),
        SIZE,
        plane.height,
        source=next((by for row in communes if (by := vars(row.unit).get("outline_by"))), ""),
    )


def _lines(unit: AdministrativeUnit) -> Sequence[Sequence[Sequence[float]]]:
    """Return the outline that came with a unit, or the one point known of it."""
    if outline := vars(unit).get("outline"):
        return list(outline)
    if unit.longitude is None or unit.latitude is None:
        return []
    return [[(float(unit.longitude), float(unit.latitude))]]


@dataclass(frozen=True, slots=True)
class _Plane:
    """Degrees laid on paper: the west and north edges, and how large a degree is drawn."""

    west: float
    north: float
    across: float
    down: float
    height: int

    @classmethod
    def around(cls, points: Sequence[Sequence[float]]) -> _Plane:
        west, east = min(item[0] for item in points), max(item[0] for item in points)
        south, north = min(item[1] for item in points), max(item[1] for item in points)
        narrow = cos(radians((south + north) / 2))
        width, tall = (east - west) * narrow, north - south
        scale = (SIZE - 2 * MARGIN) / (max(width, tall) or 1)
        return cls(west, north, scale * narrow, scale, round(tall * scale) + 2 * MARGIN)

    def placed(self, area: Area, lines: Sequence[Sequence[Sequence[float]]]) -> Area:
        """Return the area with its outline, or with the place of its point."""
        if len(lines[0]) == 1:
            x, y = self._at(lines[0][0])
            return replace(area, x=x, y=y)
        return replace(area, path="".join(self._path(line) for line in lines))

    def _at(self, point: Sequence[float]) -> tuple[int, int]:
        x = MARGIN + (point[0] - self.west) * self.across
        return round(x), round(MARGIN + (self.north - point[1]) * self.down)

    def _path(self, line: Sequence[Sequence[float]]) -> str:
        points = list(dict.fromkeys(self._at(point) for point in line))
        return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"
