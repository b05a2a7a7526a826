"""An invented set for the era from 2026 on: ten criteria, three commune groups, no law at all.

The true set counts 47 indicators that nobody here could read. Tests complete it with these; they
are labelled as invented in every name and source, and are never shipped.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from criteria.loading.documents import canonical
from criteria.loading.shipped import DATA

if TYPE_CHECKING:
    from pathlib import Path

OPEN_ERA = DATA / "commune-2026-2030.json"
SIZES = (2, 8, 6, 3, 6, 4, 5, 6, 4, 3)  # 47 in all
LEVELS = {"1": 90, "2": 80, "3": 70}
ANSWER_EVERY = 4  # each fourth indicator asks for yes or no


def completed() -> dict[str, Any]:
    """Return the set of the open era with 47 invented indicators."""
    data: dict[str, Any] = json.loads(OPEN_ERA.read_text(encoding="utf-8"))
    data["name_vi"] += " (GIẢ ĐỊNH)"
    data["name_en"] += " (INVENTED for tests)"
    criteria = data["groups"][0]["criteria"]
    for criterion, size in zip(criteria, SIZES, strict=True):
        criterion["indicator_count"] = size
        criterion["indicators"] = [
            _indicator(f"{criterion['code']}.{number}", number) for number in range(1, size + 1)
        ]
    return data


def write(folder: Path, data: dict[str, Any] | None = None) -> Path:
    """Write a set as a file and return its path."""
    path = folder / "invented.json"
    path.write_text(canonical(data or completed()), encoding="utf-8")
    return path


def _indicator(code: str, number: int) -> dict[str, Any]:
    asks_yes = number % ANSWER_EVERY == 0
    return copy.deepcopy(
        {
            "code": code,
            "name_vi": f"Chỉ tiêu giả định {code}",
            "name_en": f"Invented indicator {code}",
            "kind": "yes_no" if asks_yes else "percent",
            "unit": None if asks_yes else "%",
            "comparator": "yes" if asks_yes else ">=",
            "national": True if asks_yes else None,
            "by_region": None,
            "by_group": None if asks_yes else LEVELS,
            "by_year": None,
            "parts": None,
            "delegated_to": None,
            "guidance": None,
            "source": "invented",
            "confidence": "recall",
        }
    )
