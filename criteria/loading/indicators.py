"""An indicator of the file: its text, and what is measured for it in which version."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from criteria.loading.contexts import confidence_at
from criteria.loading.law import LawIndicator, LawMeasure
from criteria.loading.levels import levels_of
from criteria.loading.nodes import shown
from criteria.loading.vocabulary import COMPARATORS, CONFIDENCE, DELEGATED_TO, KINDS
from criteria.scoring.conditions import COMPARISONS, Condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from criteria.loading.contexts import Context
    from criteria.loading.nodes import Node

REQUIRED = ("code", "name_vi", "parts", "delegated_to", "guidance", "source", "confidence")
MEASURED = ("kind", "unit", "comparator", "national", "by_region", "by_group", "by_year")
LONGEST_NAME, LONGEST_CODE, LONGEST_REFERENCE, LONGEST_UNIT = 1000, 10, 400, 60


def indicator_of(node: Node, context: Context) -> LawIndicator:
    """Return an indicator with its measures: one for each part, in each version."""
    node.require(*REQUIRED)
    code = node.text("code", limit=LONGEST_CODE)
    return LawIndicator(
        code=code,
        name=node.text("name_vi", limit=LONGEST_NAME, is_required=True),
        name_en=node.text("name_en", limit=LONGEST_NAME),
        delegated_to=node.one_of("delegated_to", DELEGATED_TO, is_required=False),
        guidance=node.text("guidance"),
        source=node.text("source"),
        confidence=confidence_at(node, "text_confidence", "confidence"),
        measures=tuple(_measures(node, code, context)),
        place=node.place,
    )


def _measures(node: Node, code: str, context: Context) -> Iterator[LawMeasure]:
    for version in _inner(node, "versions"):
        for part in _inner(version, "parts"):
            suffix = _part_code(part) if part is not version else ""
            yield _measure(part, code, code + suffix, context)


def _part_code(part: Node) -> str:
    if "code" not in part.layers[0][0]:
        part.fault("", "the key 'code' is missing")
        return "?"
    return part.text("code", is_required=True)


def _inner(node: Node, key: str) -> list[Node]:
    """Return the objects listed at a key laid over `node`, or `node` alone where there are none."""
    listed = [node.within(item.layers[0][0], item.layers[0][1]) for item in node.nodes(key)]
    return listed or [node]


def _measure(node: Node, indicator: str, code: str, context: Context) -> LawMeasure:
    node.require(*MEASURED)
    node = _with_kind(node)
    kind = node.one_of("kind", KINDS)
    comparator = node.one_of("comparator", COMPARATORS)
    if (kind == "yes_no") != (comparator == "yes") and node.has("kind") and node.has("comparator"):
        node.fault("comparator", f"{kind} is not compared by {shown(comparator)}")
    legal_ref = node.text("legal_ref") or f"{context.citation}, {indicator}"
    return LawMeasure(
        code=code,
        name=node.text("name_vi", limit=LONGEST_NAME, is_required=True),
        name_en=node.text("name_en", limit=LONGEST_NAME),
        kind=kind,
        unit=node.text("unit_vi", limit=LONGEST_UNIT) or node.text("unit", limit=LONGEST_UNIT),
        unit_en=node.text("unit", limit=LONGEST_UNIT),
        comparator=comparator,
        valid_from=node.day("valid_from"),
        valid_to=node.day("valid_to"),
        validity_confidence=CONFIDENCE[_validity(node)],
        condition=_condition(node),
        not_assessed_when=node.text("not_assessed_when"),
        province_may_loosen=node.flag("province_may_loosen", default=context.province_may_loosen),
        levels=levels_of(node, context, legal_ref[:LONGEST_REFERENCE]),
        place=node.place,
    )


def _with_kind(node: Node) -> Node:
    """Return a part that compares otherwise than its indicator, and says no kind, with one."""
    part = node.layers[0][0]
    if "comparator" not in part or "kind" in part:
        return node
    asks_for_yes = part["comparator"] == "yes"
    if asks_for_yes == (node.raw("kind") == "yes_no"):
        return node
    return node.within({"kind": "yes_no" if asks_for_yes else "amount"})


def _validity(node: Node) -> str:
    return node.one_of("validity_confidence", CONFIDENCE, is_required=False) or "read"


def _condition(node: Node) -> Condition | None:
    """Return when a part is asked at all: a condition on a fact, or words for a person."""
    stated = node.raw("applies_if")
    if stated is None:
        return None
    if isinstance(stated, str):
        return Condition(text=stated)
    data = node.object("applies_if")
    fact, comparator, value = (data.get(key) for key in ("fact", "comparator", "value"))
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if not isinstance(fact, str) or comparator not in COMPARISONS or not is_number:
        node.fault("applies_if", "not a fact, a comparator and a number to compare it with")
        return None
    return Condition(fact, str(comparator), Decimal(str(value)))
