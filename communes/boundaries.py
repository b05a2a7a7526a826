"""Outlines of communes from a TopoJSON file: read whole, joined to the units of a day, kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import transaction

from communes.boundary_models import Boundary
from communes.models import AdministrativeUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

Line: TypeAlias = "list[tuple[float, float]]"
BATCH = 500
DIGITS = 5  # a metre


class NotTopologyError(ValueError):
    """Say which file could not be read as outlines, and why."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """The parts of units by their official code, each of closed lines, and whose work they are."""

    parts: dict[str, list[list[Line]]]
    attribution: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many outlines were kept, and the codes that no unit of the day bears."""

    kept: int
    unknown: Sequence[str]


def read(path: Path) -> Outlines:
    """Return the outlines of a TopoJSON file; raises NotTopologyError."""
    try:
        topology = json.loads(path.read_text(encoding="utf-8"))
        arcs = [_arc(arc, topology.get("transform")) for arc in topology["arcs"]]
        parts = {
            str(shape["properties"]["code"]): _parts(shape, arcs)
            for collection in topology["objects"].values()
            for shape in collection["geometries"]
        }
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        message = f"{path.name} is not a TopoJSON file whose shapes have a code: {error}"
        raise NotTopologyError(message) from error
    return Outlines(parts, str(topology.get("attribution", ""))[:300])


@transaction.atomic
def load(outlines: Outlines, day: date) -> Loaded:
    """Keep the outlines of the units of a day in place of those they had."""
    units = AdministrativeUnit.objects.on(day).order_by()
    by_code = dict(units.filter(code__in=outlines.parts).values_list("code", "pk"))
    Boundary.objects.filter(unit__in=by_code.values()).delete()
    Boundary.objects.bulk_create(
        (
            Boundary(
                unit_id=pk,
                lines=[line for part in outlines.parts[code] for line in part],
                parts=[len(part) for part in outlines.parts[code]],
                attribution=outlines.attribution,
            )
            for code, pk in by_code.items()
        ),
        batch_size=BATCH,
    )
    return Loaded(len(by_code), sorted(outlines.parts.keys() - by_code.keys()))


# As the file holds them: numbers of any kind, hence Any.
def _arc(arc: Iterable[Sequence[Any]], transform: dict[str, Any] | None) -> Line:
    """Return the points of an arc in degrees; quantised, each is told from the one before."""
    if transform is None:
        return [(float(point[0]), float(point[1])) for point in arc]
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x, y, points = 0, 0, []
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append((round(left + x * scale_x, DIGITS), round(bottom + y * scale_y, DIGITS)))
    return points


def _parts(shape: dict[str, Any], arcs: list[Line]) -> list[list[Line]]:
    parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return [[_joined(ring, arcs) for ring in part] for part in parts]


def _joined(ring: Iterable[int], arcs: list[Line]) -> Line:
    """Return the arcs of a ring end to end; a number below nothing is an arc backwards."""
    line: Line = []
    for at in ring:
        points = arcs[at] if at >= 0 else arcs[~at][::-1]
        line += points[1:] if line else points
    return line
