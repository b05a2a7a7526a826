"""The OCOP schemes as shipped in `ocop/data/bands.json`, read once."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ocop.grading import Award, Band, Scheme

BANDS = Path(__file__).parent / "data" / "bands.json"
Data = dict[str, Any]  # JSON objects as they are read


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return the schemes there have been, oldest first."""
    return tuple(_scheme(item) for item in json.loads(BANDS.read_text(encoding="utf-8")))


def _scheme(data: Data) -> Scheme:
    return Scheme(
        code=data["code"],
        **_days(data),
        validity_months=data["validity_months"],
        bands=tuple(Band(item["stars"], Decimal(item["least"])) for item in data["bands"]),
        awards=tuple(
            Award(item["level"], frozenset(item["stars"]), **_days(item)) for item in data["awards"]
        ),
    )


def _days(data: Data) -> dict[str, Any]:
    end = data["valid_to"]
    return {
        "valid_from": date.fromisoformat(data["valid_from"]),
        "valid_to": date.fromisoformat(end) if end else None,
    }
