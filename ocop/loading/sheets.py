"""A score sheet in the shape of `ocop-2019-sets.json` and its like, in the shape of ours."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

Data = dict[str, Any]  # JSON objects as they are read
GROUPS = {
    "Thực phẩm": "food",
    "Đồ uống": "drink",
    "Thảo dược": "herbal",
    "Dược liệu": "herbal",
    "Vải": "craft",
    "Lưu niệm": "craft",
    "Hàng thủ công": "craft",
    "Sinh vật cảnh": "ornamental",
    "Dịch vụ du lịch": "tourism",
}


def group_of(name: str) -> str:
    """Return our product group for the name that a scheme gives it."""
    for theirs, ours in GROUPS.items():
        if str(name).startswith(theirs):
            return ours
    raise ValueError(name)


def sheet_body(data: Data) -> Data:
    """Return the tree of parts, sections, items and options."""
    return {
        "parts": [*map(_part, data["parts"])],
        "disqualified_when": data.get("disqualified_when_vi") or "",
        "is_complete": all(
            section.get("items_complete", True)
            for part in data["parts"]
            for section in part["sections"]
        ),
    }


def _part(data: Data) -> Data:
    sections = [*map(_section, data["sections"])]
    return {**_named(data), "most": _points(data["max"]), "sections": sections}


def _section(data: Data) -> Data:
    items = [*map(_item, data["items"])]
    return {**_named(data), "most": _points(data["max"]), "items": items}


def _item(data: Data) -> Data:
    marks = data.get("min_points_by_stars") or {}
    return {
        **_named(data),
        "most": str(Decimal(data["max"])),
        "options": [*map(_option, data["options"])],
        "least_by_stars": {star: str(Decimal(least)) for star, least in marks.items()},
        "may_stop": bool(data.get("stop_rule")),
        "note": data.get("note_vi") or "",
        "evidence": data.get("evidence_vi") or "",
    }


def _option(data: Data) -> Data:
    return {
        "text": data["text_vi"] or "",
        "points": _points(data["points"]),
        "case": data.get("case"),
        "evidence": data.get("evidence_vi") or "",
    }


def _named(data: Data) -> Data:
    return {"code": str(data["code"]), "name": data["name_vi"]}


def _points(value: float | None) -> str | None:
    return None if value is None else str(Decimal(str(value)))
