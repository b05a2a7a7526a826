"""How the values of former units are put together, by measure, read from the shipped file.

What administrators confirmed of it is laid over it in `criteria.recognition.law`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from criteria.scoring.merging import Merging

FILE = Path(__file__).resolve().parents[1] / "data" / "merging" / "rules.json"


@dataclass(frozen=True, slots=True)
class MergingRule:
    """The rule for some measures of a set, why it is so, and how sure that is."""

    merging: Merging
    name: str
    name_en: str
    legal_ref: str
    source: str
    confidence: str
    key: str = ""  # its one name among all facts, by which it is confirmed
    measures: tuple[str, ...] = ()


@cache
def shipped() -> Mapping[str, tuple[MergingRule, ...]]:
    """Return the rules of each set, in the order of the file."""
    sets = json.loads(FILE.read_text(encoding="utf-8"))["sets"]
    return {
        set_code: tuple(
            MergingRule(
                Merging(group["rule"]),
                group["why_vi"],
                group["why_en"],
                group["legal_ref"],
                group["source"],
                group["confidence"],
                f"merging.{set_code}.{group['name']}",
                tuple(group["measures"]),
            )
            for group in groups
        )
        for set_code, groups in sets.items()
    }


@cache
def rules_of(set_code: str) -> Mapping[str, MergingRule]:
    """Return the rules of a set by code of measure; what is not named is assessed anew."""
    return {code: rule for rule in shipped().get(set_code, ()) for code in rule.measures}
