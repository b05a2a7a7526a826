"""Thresholds that no table has a column for: a list under `levels`, each naming its own axes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from criteria.loading.cells import UNREAD, cell_of
from criteria.loading.contexts import confidence_at
from criteria.loading.law import Level
from criteria.loading.nodes import shown
from criteria.loading.vocabulary import DESIGNATION_WORDS, UNKNOWN
from criteria.scoring.designations import ALIASES
from criteria.scoring.thresholds import FIRST_YEAR, LAST_YEAR, Rule

if TYPE_CHECKING:
    from criteria.loading.contexts import Context
    from criteria.loading.nodes import Node

PROVINCE = re.compile(r"[0-9]{2}")


def special_levels(node: Node, context: Context, legal_ref: str) -> list[Level]:
    """Return the levels listed one by one; what one does not say, the indicator says."""
    return [
        _level(node.within(item.layers[0][0], item.layers[0][1]), context, legal_ref)
        for item in node.nodes("levels")
    ]


def _level(node: Node, context: Context, legal_ref: str) -> Level:
    own = node.layers[0][0]
    if "value" not in own:
        node.fault("", "the key 'value' is missing")
    cell = cell_of(node, node.at("value"), own.get("value"))
    designation = node.one_of("designation", DESIGNATION_WORDS, is_required=False)
    rule = Rule(
        id=0,
        value=cell.value,
        is_exempt=cell.is_exempt,
        region_code=_code(node, "region", context.regions),
        province_code=_province(node),
        designation=ALIASES.get(designation, designation),
        commune_group=_code(node, "commune_group", context.commune_groups),
        from_year=_year(node, "from_year", FIRST_YEAR),
        to_year=_year(node, "to_year", LAST_YEAR),
        confidence=UNKNOWN
        if cell == UNREAD
        else confidence_at(node, *(["confidence"] if "confidence" in own else _INHERITED)),
        legal_ref=own.get("legal_ref") or legal_ref,
    )
    return Level(rule, node.text("source"), node.place)


_INHERITED = ("threshold_confidence", "confidence")


def _code(node: Node, key: str, codes: tuple[str, ...]) -> str:
    code = node.text(key)
    if code and codes and code not in codes:
        noun = key.replace("_", " ")
        node.fault(key, f"the set has no {noun} {code} (it has: {', '.join(codes)})")
    return code


def _province(node: Node) -> str:
    code = node.text("province_code")
    if code and not PROVINCE.fullmatch(code):
        node.fault("province_code", f"{shown(code)} is not a code of two digits")
    return code


def _year(node: Node, key: str, default: int) -> int:
    year = node.count(key)
    return default if year is None else year
