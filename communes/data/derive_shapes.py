"""Derive the shapes of the provinces from the npm package @svg-maps/vietnam: see README.md."""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Point = tuple[float, float]
    Ring = list[Point]

VERSION = "2.0.0"
SHAPES = 65  # 63 provinces, Hoàng Sa, Trường Sa
HERE = Path(__file__).resolve().parent
SIZE_LIMIT = 40_000  # bytes
NEAR = 0.15  # of the drawing's 812 × 873: closer than this is one point of a common border
LEEWAY = 0.42  # so far may the simplified line lie from the drawn one
GRID = 2  # coordinates are written in halves
LEAST = 1.5  # half the width an island keeps, however small it is
TOKEN = re.compile(r"[A-DF-Za-df-z]|-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
RELATIVE_LINE, ABSOLUTE_LINE = "l", "L"


def main() -> None:
    """Read the package's folder, simplify, and write province-shapes.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="the unpacked folder of the npm package")
    folder: Path = parser.parse_args().package
    if (found := json.loads((folder / "package.json").read_text())["version"]) != VERSION:
        _refuse(f"The package is {found}, not {VERSION}.")
    text = (folder / "index.js").read_text().strip()
    source = json.loads(text.removeprefix("export default ").removesuffix(";"))
    drawn = {item["id"]: list(rings(item["path"])) for item in source["locations"]}
    codes = {line["shape"]: line for line in csv.DictReader((HERE / "province-shapes.csv").open())}
    if drawn.keys() != codes.keys() or len(drawn) != SHAPES:
        _refuse("The package and province-shapes.csv do not hold the same shapes.")
    shapes: list[dict[str, str]] = [
        {
            "id": name,
            "code": line["code"],
            "later_code": line["code_since_2025_07_01"],
            "path": path,
        }
        for name, path in simplified(drawn).items()
        for line in [codes[name]]
    ]
    _, _, width, height = map(int, source["viewBox"].split())
    written = json.dumps(
        {"width": width * GRID, "height": height * GRID, "later_from": "2025-07-01"}
        | {"shapes": sorted(shapes, key=lambda item: (item["code"], item["id"]))},
        ensure_ascii=False,
        separators=(",", ":"),
    ).replace('{"id"', '\n{"id"')
    if len(written.encode()) > SIZE_LIMIT:
        _refuse(f"{len(written):,} bytes are more than {SIZE_LIMIT:,}.")
    (HERE / "province-shapes.json").write_text(written + "\n")
    print(f"{len(written):,} bytes, {sum(map(len, drawn.values()))} closed lines.")


def _refuse(why: str) -> NoReturn:
    raise SystemExit(why)


def rings(path: str) -> Iterator[Ring]:
    """Yield each closed line of an SVG path; of a curve its end counts."""
    tokens = TOKEN.findall(path)[::-1]
    command, here, ring = "", (0.0, 0.0), list[tuple[float, float]]()
    while tokens:
        if tokens[-1].isalpha():
            command = tokens.pop()
        if command in "zZ":
            here = ring[0]
            continue
        if command in "cC":
            del tokens[-4:]  # the two points that bend it
        step = float(tokens.pop()), float(tokens.pop())
        here = step if command.isupper() else (here[0] + step[0], here[1] + step[1])
        if command in "mM":
            if ring:
                yield ring
            command, ring = (RELATIVE_LINE if command == "m" else ABSOLUTE_LINE), []
        ring.append(here)
    yield ring


def simplified(drawn: Mapping[str, Sequence[Ring]]) -> dict[str, str]:
    """Return the path of each shape; where two share a border, both keep the same points."""
    clusters = _Clusters()
    joined = {
        name: [_without_repeats([clusters.of(point) for point in ring]) for ring in found]
        for name, found in drawn.items()
    }
    kept = {point for found in joined.values() for ring in found for point in _turns(ring)}
    return {
        name: "".join(_path(ring, kept & set(ring)) for ring in found)
        for name, found in joined.items()
    }


class _Clusters:
    """Points that lie so near that they are one."""

    def __init__(self) -> None:
        self._by_cell: dict[tuple[int, int], list[Point]] = defaultdict(list)

    def of(self, point: Point) -> Point:
        """Return the first point met within reach of this one."""
        x, y = point
        column, row = int(x / NEAR), int(y / NEAR)
        for near in [(column + a, row + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]:
            for other in self._by_cell[near]:
                if (other[0] - x) ** 2 + (other[1] - y) ** 2 <= NEAR**2:
                    return other
        self._by_cell[column, row].append(point)
        return point


def _without_repeats(ring: Ring) -> Ring:
    found = [
        point for before, point in zip([ring[-1], *ring], ring, strict=False) if point != before
    ]
    return found or ring[:1]


def _turns(ring: Ring) -> Iterator[Point]:
    """Yield the points without which the line would leave its place (Douglas and Peucker)."""
    if len(ring) < 3:  # no area
        return
    first = ring[0]
    far = max(range(len(ring)), key=lambda at: _square(ring[at], first))
    spans = [(0, far), (far, len(ring))]
    closed = [*ring, first]
    yield from (first, ring[far])
    while spans:
        low, high = spans.pop()
        if high - low < 2:  # nothing between
            continue
        away, at = max(
            (_away(closed[i], closed[low], closed[high]), i) for i in range(low + 1, high)
        )
        if away > LEEWAY:
            yield closed[at]
            spans += [(low, at), (at, high)]


def _path(ring: Ring, kept: set[Point]) -> str:
    points = list(dict.fromkeys(_on_grid(point) for point in ring if point in kept))
    width, height = (max(side) - min(side) for side in zip(*ring, strict=True))
    if len(points) < 3 or max(width, height) < 2 * LEAST:
        points = _speck(ring)
    (x, y), *rest = points
    text = f"M{x} {y}l"
    for to_x, to_y in rest:
        text += f"{to_x - x} {to_y - y} "
        x, y = to_x, to_y
    return re.sub(r" -", "-", text.strip()) + "z"


def _speck(ring: Ring) -> list[tuple[int, int]]:
    """Return a small diamond where the island lies, so that it is seen."""
    x, y = _on_grid((sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)))
    half = round(LEAST * GRID)
    return [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]


def _on_grid(point: Point) -> tuple[int, int]:
    return round(point[0] * GRID), round(point[1] * GRID)


def _square(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _away(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from the line between two others."""
    length = _square(start, end)
    if not length:
        return float(_square(point, start) ** 0.5)
    cross = (end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (
        end[1] - start[1]
    )
    return float(abs(cross) / length**0.5)


if __name__ == "__main__":
    main()
