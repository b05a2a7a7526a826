"""Every cell of a file of law, read from the plain JSON and not by the portal's own reader."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

YEAR_OF_ALL = 2020


@dataclass(frozen=True, slots=True)
class Cell:
    """What the law asks of one measure in one place; `asked` is a level, null or "na"."""

    indicator: str
    part: str
    kind: str
    comparator: str
    region: str
    group: str
    year: int
    day: date
    asked: Any  # as JSON has it
    is_only_part: bool

    @property
    def code(self) -> str:
        return self.indicator + self.part

    @property
    def level(self) -> Decimal | None:
        if self.asked is None or self.asked == "na":
            return None
        return Decimal(1) if self.asked is True else Decimal(str(self.asked))

    def tries(self) -> list[tuple[Decimal, str]]:
        """Return numbers at the edge, one step below and one above, with their verdicts."""
        if self.asked == "na":
            return [(Decimal(1), "not_applicable")]
        if self.level is None:
            return [(Decimal(1), "undetermined")]
        if self.kind == "yes_no":
            return [(Decimal(1), "met"), (Decimal(0), "not_met")]
        step = Decimal(1) if self.kind == "count" else Decimal("0.0001")
        below, above = {">=": (0, 1), "<=": (1, 0), "=": (0, 0)}[self.comparator]
        words = ("not_met", "met")
        return [
            (self.level - step, words[below]),
            (self.level, "met"),
            (self.level + step, words[above]),
        ]


def cells_of(path: Path) -> Iterator[Cell]:
    """Yield every cell of every indicator, version and part of the set."""
    data = json.loads(path.read_text(encoding="utf-8"))
    for group in data["groups"]:
        for criterion in group["criteria"]:
            for indicator in criterion["indicators"]:
                yield from _of_indicator(indicator, data)


def _of_indicator(indicator: dict[str, Any], data: dict[str, Any]) -> Iterator[Cell]:
    for version in indicator.get("versions") or [{}]:
        merged = indicator | version
        for part in merged["parts"] or [{"code": None}]:
            stated = merged | part
            for place in _places(stated):
                yield Cell(
                    indicator=indicator["code"],
                    part=part["code"] or "",
                    kind=stated["kind"],
                    comparator=stated["comparator"],
                    day=_day(version, place["year"] or YEAR_OF_ALL, data),
                    is_only_part=not merged["parts"],
                    **place,
                )


def _places(stated: dict[str, Any]) -> Iterator[dict[str, Any]]:
    found = 0
    tables = [(0, stated)] + [
        (int(year), column if isinstance(column, dict) else {"national": column})
        for year, column in (stated["by_year"] or {}).items()
    ]
    for year, column in tables:
        regions = column.get("by_region") if year == 0 else column
        cells = {name: ("", value) for name, value in (regions or {}).items() if name != "national"}
        cells |= {name: ("group", v) for name, v in (column.get("by_group") or {}).items()}
        for name, (axis, value) in cells.items():
            place = {"region": "", "group": name} if axis else {"region": name, "group": ""}
            found += 1
            yield place | {"year": year, "asked": value}
        national = column.get("national")
        if national is not None or (year and not cells):
            found += 1
            yield {"region": "", "group": "", "year": year, "asked": national}
    if not found and not stated["delegated_to"]:
        yield {"region": "", "group": "", "year": 0, "asked": None}


def _day(version: dict[str, Any], year: int, data: dict[str, Any]) -> date:
    """Return a day, in a year that cases can name, on which the version is the law."""
    if begun := version.get("valid_from"):
        return date.fromisoformat(begun) + timedelta(days=10)
    if ended := version.get("valid_to"):
        return date(date.fromisoformat(ended).year - 1, 12, 31)  # no other version was then
    return date(year or int(data["valid_from"][:4]), 12, 31)
