"""Specs for tests of judging, in as few words as the test is about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from criteria.scoring.specs import CriterionSpec, IndicatorSpec, MeasureSpec, SetSpec
from criteria.scoring.thresholds import Place, Rule

HERE = Place(region_code="TN", province_code="62", year=2020)


def rule(value: int | str | None, pk: int = 1, **axes: Any) -> Rule:
    number = None if value is None else Decimal(value)
    return Rule(pk, number, **axes)


def measure(pk: int, *rules: Rule, comparator: str = ">=", **more: Any) -> MeasureSpec:
    stated: dict[str, Any] = {
        "id": pk,
        "code": str(pk),
        "kind": "yes_no" if comparator == "yes" else "percent",
        "comparator": comparator,
        "delegated_to": "",
        "rules": rules,
    }
    return MeasureSpec(**stated | more)


def indicator(pk: int, *measures: MeasureSpec) -> IndicatorSpec:
    return IndicatorSpec(pk, str(pk), measures)


def criterion(pk: int, *indicators: IndicatorSpec, is_complete: bool = True) -> CriterionSpec:
    return CriterionSpec(pk, str(pk), indicators, is_complete)


def set_of(*criteria: CriterionSpec, **more: Any) -> SetSpec:
    listed = sum(len(item.indicators) for item in criteria)
    stated: dict[str, Any] = {"id": 1, "code": "x", "indicators_total": listed}
    return SetSpec(criteria=criteria, **stated | more)


def alone(*measures: MeasureSpec, **more: Any) -> SetSpec:
    """A set of one criterion with one indicator, which has these measures."""
    return set_of(criterion(1, indicator(1, *measures)), **more)
