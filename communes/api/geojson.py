"""Units as GeoJSON (RFC 7946): the outline of each where one is loaded, else its middle."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = (
    *("longitude", "latitude", "code", "name", "name_en", "kind", "level", "parent__code"),
    *("valid_from", "valid_to", "boundary__lines", "boundary__parts", "boundary__attribution"),
)
MEDIA_TYPE = "application/geo+json"


def as_geojson(rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Yield a collection of features, one on each line; rows hold `COLUMNS`.

    A unit of which neither is known has no geometry, as the standard says it.
    """
    yield b'{"type":"FeatureCollection","features":['
    comma = ""
    for row in rows:
        feature = json.dumps(_feature(row), ensure_ascii=False, separators=(",", ":"))
        yield f"{comma}\n{feature}".encode()
        comma = ","
    yield b"\n]}\n"


def _feature(row: tuple[Any, ...]) -> dict[str, Any]:
    longitude, latitude, code, *rest, lines, parts, attribution = row
    geometry: dict[str, Any] | None = None
    names = ("name", "name_en", "kind", "level", "parent", "valid_from", "valid_to")
    days = {"valid_from", "valid_to"}
    properties = {
        name: value.isoformat() if value and name in days else value
        for name, value in zip(names, rest, strict=True)
    }

    if lines:
        geometry = {"type": "MultiPolygon", "coordinates": _polygons(lines, parts)}
        properties["attribution"] = attribution
    elif longitude is not None and latitude is not None:
        geometry = {"type": "Point", "coordinates": [float(longitude), float(latitude)]}
    return {"type": "Feature", "id": code, "geometry": geometry, "properties": properties}


# As the database holds them: lists of numbers within lists, hence Any.
def _polygons(lines: list[Any], parts: list[int]) -> list[list[Any]]:
    rest = iter(lines)
    return [list(islice(rest, count)) for count in parts or [1] * len(lines)]
