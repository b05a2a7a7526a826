"""The rating rules as shipped in `cooperatives/data/rules.json`, read once."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from cooperatives.rating import Band, EffectiveRule, Rating, Rule

RULES = Path(__file__).parent / "data" / "rules.json"
Data = dict[str, Any]  # JSON objects as they are read


@cache
def rating_rules() -> tuple[Rule, ...]:
    """Return the rules of rating there have been, oldest first."""
    return tuple(_rule(item) for item in _read()["rating"])


@cache
def effective_rules() -> tuple[EffectiveRule, ...]:
    """Return what "effective" has meant, oldest first."""
    return tuple(
        EffectiveRule(item["code"], **_days(item), ratings=frozenset(map(Rating, item["ratings"])))
        for item in _read()["effective"]
    )


def _read() -> Data:
    data: Data = json.loads(RULES.read_text(encoding="utf-8"))
    return data


def _rule(data: Data) -> Rule:
    return Rule(
        code=data["code"],
        **_days(data),
        bands=tuple(Band(Rating(item["rating"]), Decimal(item["least"])) for item in data["bands"]),
        least_months_active=data["least_months_active"],
        most_months_stopped=data["most_months_stopped"],
    )


def _days(data: Data) -> dict[str, Any]:
    end = data["valid_to"]
    return {
        "valid_from": date.fromisoformat(data["valid_from"]),
        "valid_to": date.fromisoformat(end) if end else None,
    }
