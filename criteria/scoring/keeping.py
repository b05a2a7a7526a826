"""A set written down as plain data, and read back the same: the law as a round was judged by it."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from typing import Any

from criteria.scoring.conditions import Condition
from criteria.scoring.specs import (
    CriterionSpec,
    IndicatorSpec,
    MeasureSpec,
    RegionOverride,
    SetSpec,
)
from criteria.scoring.thresholds import Rule

Data = dict[str, Any]  # JSON objects


def written(thing: Any) -> Any:  # a spec and everything it is made of
    """Return a spec as plain data; what is as usual is left out."""
    if isinstance(thing, tuple):
        return [written(item) for item in thing]
    if isinstance(thing, frozenset):
        return sorted(thing)
    if isinstance(thing, Decimal | date):
        return str(thing)
    if not hasattr(thing, "__dataclass_fields__"):
        return thing
    return {
        item.name: written(value)
        for item in fields(thing)
        if (value := getattr(thing, item.name)) != item.default or item.default is MISSING
    }


def read(data: Data) -> SetSpec:
    """Return the spec that was written."""
    override = data.get("region_override")
    return SetSpec(
        **data
        | {
            "criteria": tuple(map(_criterion, data["criteria"])),
            "region_override": _override(override) if override else None,
            "commune_groups": tuple(data.get("commune_groups", ())),
        }
    )


def _override(data: Data) -> RegionOverride:
    return RegionOverride(**data | {"holders": tuple(map(frozenset, data["holders"]))})


def _criterion(data: Data) -> CriterionSpec:
    return CriterionSpec(**data | {"indicators": tuple(map(_indicator, data["indicators"]))})


def _indicator(data: Data) -> IndicatorSpec:
    return IndicatorSpec(**data | {"measures": tuple(map(_measure, data["measures"]))})


def _measure(data: Data) -> MeasureSpec:
    days = {
        name: date.fromisoformat(data[name]) for name in data.keys() & {"valid_from", "valid_to"}
    }
    condition = data.get("condition")
    return MeasureSpec(
        **data
        | days
        | {
            "rules": tuple(map(_rule, data["rules"])),
            "condition": _condition(condition) if condition else None,
        }
    )


def _condition(data: Data) -> Condition:
    return Condition(**data | {"value": Decimal(data.get("value", 0))})


def _rule(data: Data) -> Rule:
    value = data["value"]
    return Rule(**data | {"value": None if value is None else Decimal(value)})
