"""A criteria set from its rows, as judging sees it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from criteria.models import Criterion, Threshold
from criteria.scoring.conditions import Condition
from criteria.scoring.specs import (
    CriterionSpec,
    IndicatorSpec,
    MeasureSpec,
    RegionOverride,
    SetSpec,
)
from criteria.scoring.thresholds import Rule

if TYPE_CHECKING:
    from datetime import date

    from criteria.models import CriteriaSet, Indicator, Measure


def load_spec(criteria_set: CriteriaSet, day: date) -> SetSpec:
    """Return the set as judging sees it, with the measures in force on `day`; four queries."""
    return load_versions(criteria_set, day).on(day)


def load_versions(criteria_set: CriteriaSet, day: date | None = None) -> SetSpec:
    """Return the set with every version of its amended measures; four queries.

    Provinces replace their thresholds: those of `day` are taken, or the latest.
    """
    levels = Prefetch("indicators__measures__thresholds", Threshold.objects.in_force(day))
    criteria = Criterion.objects.filter(criteria_set=criteria_set).prefetch_related(
        "indicators", "indicators__measures", levels
    )
    return SetSpec(
        id=criteria_set.pk,
        code=criteria_set.code,
        indicators_total=criteria_set.indicators_total,
        criteria=tuple(map(_criterion, criteria)),
        region_override=_override(criteria_set.region_override),
        commune_groups=tuple(criteria_set.commune_groups),
    )


def _override(data: dict[str, Any] | None) -> RegionOverride | None:
    if not data:
        return None
    return RegionOverride(
        region_code=data["use_region"],
        holders=tuple(map(frozenset, data["holders"])),
        legal_ref=data["legal_ref"],
        confidence=data["confidence"],
    )


def _criterion(criterion: Criterion) -> CriterionSpec:
    indicators = tuple(map(_indicator, criterion.indicators.all()))
    return CriterionSpec(criterion.pk, criterion.code, indicators, criterion.is_complete)


def _indicator(indicator: Indicator) -> IndicatorSpec:
    return IndicatorSpec(
        id=indicator.pk,
        code=indicator.code,
        measures=tuple(_measure(measure, indicator) for measure in indicator.measures.all()),
    )


def _measure(measure: Measure, indicator: Indicator) -> MeasureSpec:
    return MeasureSpec(
        id=measure.pk,
        code=measure.code,
        kind=measure.kind,
        comparator=measure.comparator,
        delegated_to=indicator.delegated_to,
        rules=tuple(map(rule_of, measure.thresholds.all())),
        condition=_condition(measure.applies_if),
        may_be_left_out=bool(measure.not_assessed_when),
        valid_from=measure.valid_from,
        valid_to=measure.valid_to,
    )


def _condition(data: dict[str, str] | None) -> Condition | None:
    if data is None:
        return None
    return Condition(
        fact=data["fact"],
        comparator=data["comparator"],
        value=Decimal(data["value"]),
        text=data["text"],
    )


def rule_of(threshold: Threshold) -> Rule:
    """Return a threshold as judging sees it."""
    return Rule(
        id=threshold.pk,
        value=threshold.value,
        region_code=threshold.region_code,
        province_code=threshold.province_code,
        designation=threshold.designation,
        commune_group=threshold.commune_group,
        from_year=threshold.from_year,
        to_year=threshold.to_year,
        confidence=threshold.confidence,
        legal_ref=threshold.legal_ref,
        is_demonstration=threshold.is_demonstration,
        is_exempt=threshold.is_exempt,
    )
