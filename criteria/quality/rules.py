"""The rules of data quality as shipped in `criteria/data/quality/rules.json`, read once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[1] / "data" / "quality" / "rules.json"


class Kind(StrEnum):
    """How a rule looks."""

    ABOVE = "above"
    JUMP = "jump"
    JUMP_PERCENT = "jump-percent"
    COPIED = "copied"
    EXCEEDS = "exceeds"
    CONTRADICTS = "contradicts"
    MET_WHILE_NOT = "met-while-not"
    IDENTICAL = "identical"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; what its kind does not need is empty."""

    code: str
    kind: Kind
    weight: int
    sets: frozenset[str]
    measures: frozenset[str]
    kinds: frozenset[str]
    other: str
    bound: Decimal | None
    equals: Decimal | None
    rounds: int

    def asks_in(self, set_code: str) -> bool:
        """Tell whether the rule is for this criteria set."""
        return not self.sets or set_code in self.sets

    def asks_of(self, code: str, kind: str) -> bool:
        """Tell whether the rule is about this measure."""
        return code in self.measures or kind in self.kinds


@cache
def shipped() -> tuple[Rule, ...]:
    """Return the rules in their order."""
    return tuple(map(_rule, json.loads(FILE.read_text(encoding="utf-8"))["rules"]))


def _rule(row: dict[str, Any]) -> Rule:  # as JSON holds it
    return Rule(
        code=row["code"],
        kind=Kind(row["kind"]),
        weight=row["weight"],
        sets=frozenset(row["sets"]),
        measures=frozenset(row.get("measures", ())),
        kinds=frozenset(row.get("kinds", ())),
        other=row.get("other", ""),
        bound=_number(row.get("bound", row.get("above"))),
        equals=_number(row.get("equals")),
        rounds=row.get("rounds", 0),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
