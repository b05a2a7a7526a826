"""Groups and criteria of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.loading.indicators import LONGEST_CODE, indicator_of
from criteria.loading.law import LawCriterion, LawGroup

if TYPE_CHECKING:
    from criteria.loading.contexts import Context
    from criteria.loading.nodes import Node

LONGEST_NAME = 400


def group_of(node: Node, context: Context) -> LawGroup:
    """Return a group with its criteria."""
    node.require("code", "name_vi")
    node.require_list("criteria")
    return LawGroup(
        code=node.text("code", limit=LONGEST_CODE),
        name=node.text("name_vi", limit=LONGEST_NAME, is_required=True),
        name_en=node.text("name_en", limit=LONGEST_NAME),
        criteria=tuple(
            _criterion(item, context) for item in node.nodes("criteria", noun="criterion")
        ),
        place=node.place,
    )


def _criterion(node: Node, context: Context) -> LawCriterion:
    node.require("code", "name_vi")
    node.require_list("indicators")
    indicators = tuple(
        indicator_of(item, context) for item in node.nodes("indicators", noun="indicator")
    )
    return LawCriterion(
        code=node.text("code", limit=LONGEST_CODE),
        name=node.text("name_vi", limit=LONGEST_NAME, is_required=True),
        name_en=node.text("name_en", limit=LONGEST_NAME),
        is_complete=_is_complete(node, len(indicators)),
        indicators=indicators,
        place=node.place,
    )


def _is_complete(node: Node, listed: int) -> bool:
    """Tell whether all indicators are listed; a null `indicator_count` says nobody knows."""
    if not node.has("indicator_count"):
        return listed > 0
    counted = node.count("indicator_count")
    if counted is not None and counted < listed:
        node.fault("indicator_count", f"counts {counted} indicators, but {listed} are listed")
    return counted is not None and 0 < counted <= listed
