"""Score sheets as they are stored, turned into what grading understands."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ocop.grading import Item, Option, Part, Section, Sheet

if TYPE_CHECKING:
    from ocop.models import ScoreSheet

Data = dict[str, Any]  # JSON objects as they are stored


def sheet_of(row: ScoreSheet) -> Sheet:
    """Return the score sheet that a row holds."""
    body = row.body
    return Sheet(
        scheme_code=row.scheme_code,
        name=row.name,
        number=row.number,
        group=row.group,
        subgroup=row.subgroup,
        parts=tuple(map(_part, body["parts"])),
        disqualified_when=body.get("disqualified_when", ""),
        is_complete=body.get("is_complete", True),
    )


def _part(data: Data) -> Part:
    sections = tuple(map(_section, data["sections"]))
    return Part(data["code"], data["name"], _points(data["most"]), sections)


def _section(data: Data) -> Section:
    items = tuple(map(_item, data["items"]))
    return Section(data["code"], data["name"], _points(data["most"]), items)


def _item(data: Data) -> Item:
    return Item(
        code=data["code"],
        name=data["name"],
        most=Decimal(data["most"]),
        options=tuple(
            Option(
                item["text"],
                _points(item["points"]),
                item.get("case"),
                item.get("evidence", ""),
            )
            for item in data["options"]
        ),
        least_by_stars={
            int(star): Decimal(least) for star, least in data.get("least_by_stars", {}).items()
        },
        may_stop=data.get("may_stop", False),
        note=data.get("note", ""),
        evidence=data.get("evidence", ""),
    )


def _points(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
