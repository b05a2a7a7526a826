"""The thresholds of one measure, from the tables of its indicator: by region, group and year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from criteria.loading.cells import UNREAD, Cell, cell_of
from criteria.loading.contexts import confidence_at
from criteria.loading.law import Level
from criteria.loading.nodes import shown
from criteria.loading.special_levels import special_levels
from criteria.loading.vocabulary import CONFIDENCE, UNKNOWN
from criteria.scoring.thresholds import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from criteria.loading.contexts import Context
    from criteria.loading.nodes import Node

TABLES = ("national", "by_region", "by_group", "by_year")
YEARS = re.compile(r"(?P<first>[12][0-9]{3})(?:[-–](?P<last>[12][0-9]{3}))?")
Axes = dict[str, Any]  # keyword arguments of a Rule


def levels_of(node: Node, context: Context, legal_ref: str) -> tuple[Level, ...]:
    """Return every level that is stated, cell by cell; a null cell is one nobody could read."""
    stated = [
        _level(node, legal_ref, name, axes, cell, place)
        for name, axes, cell, place in _cells(node, context)
    ]
    stated += special_levels(node, context, legal_ref)
    if not (stated or node.raw("delegated_to")):
        stated.append(_level(node, legal_ref, "national", {}, UNREAD, node.at("national")))
    return tuple(stated)


def _level(node: Node, legal_ref: str, name: str, axes: Axes, cell: Cell, place: str) -> Level:
    is_unknown = cell == UNREAD
    rule = Rule(
        id=0,
        value=cell.value,
        is_exempt=cell.is_exempt,
        confidence=UNKNOWN if is_unknown else _confidence(node, name),
        legal_ref=legal_ref,
        **axes,
    )
    return Level(rule, node.text("source"), place)


def _confidence(node: Node, cell: str) -> str:
    """Return how sure a cell is; `read_values` names those seen where not all were."""
    if node.raw("read_values") is not None:
        return CONFIDENCE["read" if cell in node.items("read_values") else "recall"]
    return confidence_at(node, "threshold_confidence", "confidence")


def _cells(node: Node, context: Context) -> Iterator[tuple[str, Axes, Cell, str]]:
    """Yield the name of each cell that says something, its axes, what it says, and where."""
    national = node.raw("national")
    if national is not None:
        yield "national", {}, cell_of(node, node.at("national"), national), node.at("national")
    for key, axis, codes in (
        ("by_region", "region_code", context.regions),
        ("by_group", "commune_group", context.commune_groups),
    ):
        table = node.object(key)
        _refuse_gaps(node, node.at(key), table, codes)
        for code, value in table.items():
            place = node.at(key, code)
            if _is_known(node, place, code, codes, axis):
                yield code, {axis: code}, cell_of(node, place, value), place
    for years, column in node.object("by_year").items():
        yield from _year(node, context, years, column)


def _year(
    node: Node, context: Context, years: str, column: object
) -> Iterator[tuple[str, Axes, Cell, str]]:
    place = node.at("by_year", years)
    found = YEARS.fullmatch(years)
    if not found or int(found["last"] or found["first"]) < int(found["first"]):
        node.faults.add(place, f"{shown(years)} is not a year, nor years such as 2021-2023")
        return
    period: Axes = {
        "from_year": int(found["first"]),
        "to_year": int(found["last"] or found["first"]),
    }
    cells: Mapping[str, object] = column if isinstance(column, dict) else {"national": column}
    for code, value in cells.items():
        where = node.at("by_year", years, code) if isinstance(column, dict) else place
        if code == "national":
            if value is not None or cells.keys() == {"national"}:
                yield code, period, cell_of(node, where, value), where
        elif code in context.regions:
            yield code, period | {"region_code": code}, cell_of(node, where, value), where
        elif _is_known(node, where, code, context.commune_groups, "commune_group"):
            yield code, period | {"commune_group": code}, cell_of(node, where, value), where


def _is_known(node: Node, place: str, code: str, codes: tuple[str, ...], axis: str) -> bool:
    if code in codes:
        return True
    noun = "region" if axis == "region_code" else "region or commune group"
    known = ", ".join(codes) or "none"
    node.faults.add(place, f"the set has no {noun} {code} (it has: {known})")
    return False


def _refuse_gaps(
    node: Node, place: str, table: Mapping[str, object], codes: tuple[str, ...]
) -> None:
    if table and (lacking := [code for code in codes if code not in table]):
        names = ", ".join(lacking)
        node.faults.add(place, f"nothing is said for {names}: write null where it is unknown")
