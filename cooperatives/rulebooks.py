"""The rating rules as shipped in `cooperatives/data/rules.json`, read once."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cooperatives.rating import (
    Band,
    EffectiveRule,
    Rating,
    Rule,
    ScoredCriterion,
    SizeClass,
    SizeRule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        EffectiveRule(
            item["code"],
            **_days(item),
            ratings=frozenset(map(Rating, item["ratings"])),
            confidence=item["confidence"],
            source=item["source"],
        )
        for item in _read()["effective"]
    )


@cache
def size_rules() -> tuple[SizeRule, ...]:
    """Return how sizes have been told, oldest first."""
    return tuple(
        SizeRule(
            item["code"],
            **_days(item),
            classes=tuple(map(_size_class, item["classes"])),
            legal_basis=tuple(item["legal_basis"]),
            confidence=item["confidence"],
        )
        for item in _read()["size"]
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
        criteria=tuple(map(_criterion, data["criteria"])),
        name=data["name_vi"],
        legal_basis=tuple(data["legal_basis"]),
        source=data["source"],
        note=data["note"],
        confidence=_weakest(item["confidence"] for item in data["bands"]),
    )


def _criterion(data: Data) -> ScoredCriterion:
    most = data["most"]
    return ScoredCriterion(data["code"], data["name_vi"], None if most is None else Decimal(most))


def _size_class(data: Data) -> SizeClass:
    return SizeClass(
        data["size"],
        data["members"],
        Decimal(data["revenue_million_vnd"]),
        Decimal(data["capital_million_vnd"]),
    )


def _weakest(marks: Iterable[str]) -> str:
    return next((mark for mark in marks if mark != "read"), "read")


def _days(data: Data) -> dict[str, Any]:
    end = data["valid_to"]
    return {
        "valid_from": date.fromisoformat(data["valid_from"]),
        "valid_to": date.fromisoformat(end) if end else None,
    }
