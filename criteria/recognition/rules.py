"""The law of recognition as shipped in `criteria/data/recognition/rules.json`, read once.

What applies is this and what administrators confirmed of it: `criteria.recognition.law`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from criteria.scoring.mergers import MergerRule, When
from criteria.scoring.titles import Asks, Provision, Title
from ntm_portal.lib.text import fold

FILE = Path(__file__).resolve().parents[1] / "data" / "recognition" / "rules.json"
Data = dict[str, Any]  # JSON objects as they are read


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides at a level; `{unit}` stands for the unit of that level."""

    level: str
    name: str
    name_en: str


@cache
def authorities() -> dict[str, Authority]:
    """Return who may sign a decision, by level."""
    return {
        item["level"]: Authority(item["level"], item["name_vi"], item["name_en"])
        for item in _read()["authorities"]
    }


@cache
def titles() -> tuple[Title, ...]:
    """Return every title of every procedure, oldest first."""
    return tuple(
        _title(procedure | title, f"{procedure['code']}.{title['level']}.{title['standard']}")
        for procedure in _read()["procedures"]
        for title in procedure["titles"]
    )


@cache
def merger_rules() -> tuple[MergerRule, ...]:
    """Return the rules on titles across changes of the map."""
    return tuple(map(_merger_rule, _read()["mergers"]))


def _read() -> Data:
    data: Data = json.loads(FILE.read_text(encoding="utf-8"))
    return data


def _title(data: Data, key: str) -> Title:
    """Make a title; what it does not say itself, its procedure says."""
    return Title(
        level=data["level"],
        kinds=frozenset(data["kinds"]),
        standard=data["standard"],
        decided_by=data["decided_by"],
        confidence=data["confidence"],
        legal_ref=data["legal_ref"],
        source=data["source"],
        valid_from=date.fromisoformat(data["valid_from"]),
        valid_to=_day(data["valid_to"]),
        conditions=tuple(_provision(item, f"{key}.conditions") for item in data["conditions"]),
        grounds=tuple(_provision(item, f"{key}.revocation") for item in data["revocation"]),
        key=key,
    )


def _provision(data: Data, below: str) -> Provision:
    return Provision(
        code=data["code"],
        asks=Asks(data["asks"]),
        name=data["name_vi"],
        name_en=data["name_en"],
        legal_ref=data["legal_ref"],
        source=data["source"],
        confidence=data["confidence"],
        standard=data.get("standard", ""),
        of_kinds=frozenset(data.get("of_kinds", ())),
        holding=frozenset(data.get("holding", ())),
        at_least=data.get("at_least", 0),
        below=data.get("below"),
        named=frozenset(map(fold, data.get("named", ()))),
        key=f"{below}.{data['code']}",
    )


def _merger_rule(data: Data) -> MergerRule:
    return MergerRule(
        code=data["code"],
        kinds=frozenset(data["kinds"]),
        valid_from=_day(data["valid_from"]),
        valid_to=_day(data["valid_to"]),
        when=When(data["when"]),
        standards=frozenset(data["standards"]),
        status=data["status"],
        name=data["name_vi"],
        name_en=data["name_en"],
        legal_ref=data["legal_ref"],
        source=data["source"],
        confidence=data["confidence"],
        key=f"mergers.{data['code']}",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
