"""A map of figures as an SVG needs it: real shapes, equal tiles, or communes where they lie."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from communes import shapes
from communes.models import AdministrativeUnit
from programme.dashboard.maps import classes
from programme.dashboard.maps.choosing import Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from programme.dashboard.children import Row
    from programme.dashboard.maps.choosing import Choice
    from programme.dashboard.maps.classes import Band

# The drawing leaves the open sea out: the archipelagos stand nearer, in frames, and Trường Sa at
# half its scale, as official maps inset them.
WIDTH, HEIGHT = 1060, 1710
TILE, GAP = 104, 6
LINE = 8  # letters that a tile is wide
PLACED = {
    "Hoàng Sa": "translate(-200 0)",
    "Trường Sa": "translate(220 768) scale(.5)",
}


@dataclass(frozen=True, slots=True)
class Inset:
    """The frame and the name of an archipelago."""

    name: str
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """Return where its name is centred."""
        return self.x + self.width // 2

    @property
    def name_y(self) -> int:
        """Return the foot of its name, below the frame."""
        return self.y + self.height + 36


INSETS = (Inset("Hoàng Sa", 836, 728, 220, 190), Inset("Trường Sa", 584, 1396, 466, 262))


@dataclass(frozen=True, slots=True)
class Area:
    """A unit on the map: where a link to it is drawn, and its class."""

    unit: AdministrativeUnit
    value: Decimal | None
    heat: int
    path: str = ""
    far: tuple[tuple[str, str], ...] = ()
    x: int = 0
    y: int = 0

    @property
    def label_x(self) -> int:
        """Return the middle of its tile."""
        return self.x + (TILE - GAP) // 2

    @property
    def value_y(self) -> int:
        """Return the foot of the figure in its tile."""
        return self.y + TILE - GAP - 14

    @property
    def name_lines(self) -> list[str]:
        """Return its name in the two lines a tile has room for."""
        return _two_lines(self.unit.short_label)


@dataclass(frozen=True, slots=True)
class Archipelago:
    """The tile of an archipelago, in the colour of the province it belongs to."""

    name: str
    area: Area

    @property
    def lines(self) -> list[str]:
        """Return its name in two lines."""
        return _two_lines(self.name)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, with the legend; `missing` counts the units without a figure."""

    choice: Choice
    areas: Sequence[Area]
    bands: Sequence[Band]
    missing: int
    width: int
    height: int
    archipelagos: Sequence[Archipelago] = ()

    @property
    def is_of_tiles(self) -> bool:
        """Tell whether all provinces are drawn equally large."""
        return self.choice.form == Form.TILES

    @property
    def attribution(self) -> str:
        """Return whose shapes they are."""
        return shapes.ATTRIBUTION

    @property
    def insets(self) -> Sequence[Inset]:
        """Return the frames of the archipelagos."""
        return INSETS

    @property
    def tile(self) -> int:
        """Return the side of a tile."""
        return TILE - GAP

    @property
    def listed(self) -> list[Area]:
        """Return the areas by their figure, the highest first, as the table lists them."""
        return sorted(
            self.areas, key=lambda area: (area.value is None, -(area.value or 0), area.unit.code)
        )


def of_provinces(rows: Iterable[Row], choice: Choice, day: date) -> Drawing | None:
    """Draw the provinces among the rows; nothing where there are none."""
    provinces = [row for row in rows if row.unit.level == AdministrativeUnit.Level.PROVINCE]
    if not provinces:
        return None
    values = {row.unit.code: choice.value(row.now) for row in provinces}
    scale = classes.of_percent() if choice.is_percent else classes.of_values(values.values())
    found = [Area(row.unit, value := values[row.unit.code], scale.heat(value)) for row in provinces]
    bands = scale.bands(values.values())
    missing = sum(value is None for value in values.values())
    by_code = {area.unit.code: area for area in found}
    if choice.form == Form.TILES:
        return _tiled(by_code, choice, bands, missing, day)
    return Drawing(choice, _shaped(by_code, day), bands, missing, WIDTH, HEIGHT)


def _shaped(by_code: dict[str, Area], day: date) -> list[Area]:
    """Return the areas with their lines; those of an archipelago are placed apart."""
    drawn = sorted(shapes.shapes_on(day), key=lambda shape: shape.code)
    areas = []
    for code, group in groupby(drawn, key=lambda shape: shape.code):
        parts = list(group)
        if (area := by_code.get(code)) is None:
            continue
        near = "".join(part.path for part in parts if not part.archipelago)
        far = tuple((PLACED[part.archipelago], part.path) for part in parts if part.archipelago)
        areas.append(replace(area, path=near, far=far))
    return areas


def _tiled(
    by_code: dict[str, Area], choice: Choice, bands: Sequence[Band], missing: int, day: date
) -> Drawing:
    tiles = shapes.tiles_on(day)
    placed = [
        (
            tile.archipelago,
            Area(area.unit, area.value, area.heat, x=tile.column * TILE, y=tile.row * TILE),
        )
        for tile in tiles
        if (area := by_code.get(tile.code))
    ]
    return Drawing(
        choice,
        [area for archipelago, area in placed if not archipelago],
        bands,
        missing,
        (max(tile.column for tile in tiles) + 1) * TILE,
        (max(tile.row for tile in tiles) + 1) * TILE,
        [Archipelago(name, area) for name, area in placed if name],
    )


def _two_lines(name: str) -> list[str]:
    """Break a name where its halves are most alike."""
    words = name.split()
    if len(name) <= LINE or len(words) == 1:
        return [name]
    breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return list(min(breaks, key=lambda halves: max(map(len, halves))))
