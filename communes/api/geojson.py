"""Units as GeoJSON (RFC 7946): the point in the middle of each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = (
    *("longitude", "latitude", "code", "name", "name_en", "kind", "level", "parent__code"),
    *("valid_from", "valid_to"),
)
MEDIA_TYPE = "application/geo+json"


def as_geojson(rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Yield a collection of features, one on each line; rows hold `COLUMNS`.

    A unit whose middle nobody has entered has no geometry, as the standard says it.
    """
    yield b'{"type":"FeatureCollection","features":['
    comma = ""
    for row in rows:
        feature = json.dumps(_feature(row), ensure_ascii=False, separators=(",", ":"))
        yield f"{comma}\n{feature}".encode()
        comma = ","
    yield b"\n]}\n"


def _feature(row: tuple[Any, ...]) -> dict[str, Any]:
    longitude, latitude, code, *rest = row
    names = ("name", "name_en", "kind", "level", "parent", "valid_from", "valid_to")
    days = {"valid_from", "valid_to"}
    properties = {
        name: value.isoformat() if value and name in days else value
        for name, value in zip(names, rest, strict=True)
    }
    point = None
    if longitude is not None and latitude is not None:
        point = {"type": "Point", "coordinates": [float(longitude), float(latitude)]}
    return {"type": "Feature", "id": code, "geometry": point, "properties": properties}
