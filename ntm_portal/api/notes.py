"""What is said alike of every number of the API: its unit, its rounding, its basis, its day.

One table names the unit of each field, by schema and field; whatever has no line here stays without
a note, and a test refuses it.
"""

from __future__ import annotations

import re
from fnmatch import fnmatch
from typing import Any

NAMES = "none, it names"  # identifiers, numbers of an order, statuses
PLACES = re.compile(r"\{0,(\d+)\}\)\?\$$")  # how many decimals the pattern of a field leaves
JUDGED = ("assessed", "criteria_met", "below_5", "below_10", "from_*", "meets_all")

# The first pattern that fits says the unit.
UNITS = {
    NAMES: "*.id *.version *.seq *.last_change ChangePage.* *.product *.producer *.cooperative "
    "*.successor *.superseded_by *.assessment *.rule Problem.status ImportAnswer.*",
    "units of the map": "*.pending_units Summary.districts_* Summary.provinces_*",
    "criteria": "Summary.criteria_met Outcome.criteria_*",
    "products": "Summary.ocop_[345]_* Summary.ocop_granted Summary.ocop_potential_* "
    "Summary.ocop_new_products Summary.ocop_expiring",
    "producers": "Summary.ocop_*",
    "cooperatives": "Summary.cooperatives*",
    "value chains": "Summary.value_chains",
    "communes (xã)": "Summary.* Tally.*",
    "values": "Outcome.measures_* Dhis2ImportCount.*",
    "that of the metric, a month": "Target.pace*",
    "that of the metric, as `kind` says": "Target.*",
    "that of the measure, in `measured_in`": "Value.* ValueRow.*",
    "contracts": "Contract.number",
    "as `unit` says": "Published.value",
    "that of the measure, as measures/ tells": "*.number *.value",
    "million đồng": "*_million_vnd",
    "hectares": "*.land_ha",
    "km²": "*.area_km2",
    "degrees (WGS 84)": "*.longitude *.latitude",
    "people": "*members *.population",
    "households": "*.households",
    "points of 100": "*.score",
    "stars": "*.stars",
    "calendar year": "*year",
    "rows": "*.count *.row PushCounts.*",
    "steps": "*.steps_*",
}
# On what a figure rests, and of which day it is; by the first pattern that fits.
BASES = {
    **{f"Summary.{name}": ("that of the row", "`as_of`") for name in JUDGED},
    "*.pending_units": ("the ledger of changes", "the answer"),
    "Summary.*": ("the map, reviews, decisions and registers, alike in both rows", "`as_of`"),
    "Tally.*": ("that of the row", "`as_of`"),
    "Target.value_verified": ("verified", "`as_of`"),
    "Target.target_value": ("the plan", "`due_on`"),
    "Target.forecast": ("reported", "`due_on`"),
    "Target.baseline": ("reported", "`baseline_date`"),
    "Target.*": ("reported", "`as_of`"),
    "Contract.*": ("as recorded, reviewed by nobody", "the end of `year`"),
    "Outcome.*": ("that of the field it stands in", "the round's reference date"),
    "*.verified_number": ("verified", "the round's reference date"),
    "*.threshold_value": ("the law", "the round's reference date"),
    "Value*.*": ("reported", "the round's reference date"),
    "*.number": ("reported", "the round's reference date"),
    "Published.value": ("as published, see `certainty`", "`day`"),
    "Threshold.value": ("the law", "`valid_from` to `valid_to`"),
    "Resolved.value": ("the law", "the day asked"),
    "Unit.*": ("the sources of the map", "not stated: it is of this version"),
    "Certificate.stars": ("the decision", "the day it was decided"),
    "Return.*": ("as sent, reviewed by nobody", "the end of `year`"),
    "Cooperative.*": ("as recorded, reviewed by nobody", "the last entry"),
    "ValueChain.*": ("as recorded, reviewed by nobody", "the last entry"),
}


def add_notes(schemas: dict[str, Any]) -> None:
    """Say of every number in the schemas what it is in, how exact, on what basis, of which day."""
    for name, schema in schemas.items():
        for field, content in schema.get("properties", {}).items():
            if is_number(content) and (note := _note(f"{name}.{field}", content)):
                content["description"] = f"{content.get('description', '')} {note}".strip()


def is_number(content: dict[str, Any]) -> bool:
    """Tell whether a field holds a number, be it written as a text."""
    types = content.get("type", ())
    types = {types} if isinstance(types, str) else set(types)
    return not types.isdisjoint({"integer", "number"}) or content.get("format") == "decimal"


def _note(key: str, content: dict[str, Any]) -> str:
    unit = _unit(key)
    if not unit:
        return ""
    said = f"Unit: {unit}; {_rounding(key, content)}."
    found = None if unit == NAMES else _basis(key)
    return f"{said} Basis: {found[0]}. As of: {found[1]}." if found else said


def _rounding(key: str, content: dict[str, Any]) -> str:
    places = PLACES.search(content.get("pattern", ""))
    if places is None:
        return "whole"
    is_worked_out = key.startswith("Target.")
    return f"{'rounded, halves to even,' if is_worked_out else 'kept'} to {places[1]} places"


def _unit(key: str) -> str:
    for said, patterns in UNITS.items():
        if any(fnmatch(key, pattern) for pattern in patterns.split()):
            return said
    return ""


def _basis(key: str) -> tuple[str, str] | None:
    return next((said for pattern, said in BASES.items() if fnmatch(key, pattern)), None)
