"""The words from which invented names are made, read once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "data" / "words.json"


@cache
def words() -> dict[str, Any]:  # JSON as it is read
    """Return the patterns of names; `{place}` stands for the name of a unit."""
    found: dict[str, Any] = json.loads(WORDS.read_text(encoding="utf-8"))
    return found


def products(group: str, region_code: str) -> list[str]:
    """Return the patterns for products of a group, those of the region where there are some."""
    of_group: dict[str, list[str]] = words()["products"][group]
    return of_group.get(region_code) or of_group[""]
