"""How the values of former units are put together, by measure, read from the shipped file."""

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
    """The rule for a measure, why it is so, and how sure that is."""

    merging: Merging
    name: str
    name_en: str
    legal_ref: str
    source: str
    confidence: str


@cache
def rules_of(set_code: str) -> Mapping[str, MergingRule]:
    """Return the rules of a set by code of measure; what is not named is assessed anew."""
    groups = json.loads(FILE.read_text(encoding="utf-8"))["sets"].get(set_code, ())
    return {
        code: MergingRule(
            Merging(group["rule"]),
            group["why_vi"],
            group["why_en"],
            group["legal_ref"],
            group["source"],
            group["confidence"],
        )
        for group in groups
        for code in group["measures"]
    }
