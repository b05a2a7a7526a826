"""A criteria set from its rows, as judging sees it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from criteria.assessment.trees import trees_of
from criteria.models import Threshold
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
    from collections.abc import Mapping
    from datetime import date

    from criteria.assessment.trees import CriterionTree, IndicatorTree
    from criteria.models import CriteriaSet, Indicator, Measure


@dataclass(frozen=True, slots=True)
class LoadedSet:
    """A set as judging sees it on a day, and by code the rows of what is asked then."""

    spec: SetSpec
    measures: Mapping[str, Measure]


def load_spec(criteria_set: CriteriaSet, day: date) -> SetSpec:
    """Return the set as judging sees it, with the measures in force on `day`; two queries."""
    return load_set(criteria_set, day).spec


def load_set(criteria_set: CriteriaSet, day: date) -> LoadedSet:
    """Return the set on `day` with the rows of its measures; two queries."""
    trees = trees_of(criteria_set)
    spec = _spec(criteria_set, trees, day).on(day)
    asked = {measure.id for measure in spec.measures}
    rows = (row for tree in trees for item in tree.indicators for row in item.measures)
    return LoadedSet(spec, {row.code: row for row in rows if row.pk in asked})


def load_versions(criteria_set: CriteriaSet, day: date | None = None) -> SetSpec:
    """Return the set with every version of its amended measures; two queries.

    Provinces replace their thresholds: those of `day` are taken, or the latest.
    """
    return _spec(criteria_set, trees_of(criteria_set), day)


def _spec(criteria_set: CriteriaSet, trees: list[CriterionTree], day: date | None) -> SetSpec:
    levels = _levels(criteria_set, day)
    return SetSpec(
        id=criteria_set.pk,
        code=criteria_set.code,
        indicators_total=criteria_set.indicators_total,
        criteria=tuple(_criterion(tree, levels) for tree in trees),
        region_override=_override(criteria_set.region_override),
        commune_groups=tuple(criteria_set.commune_groups),
    )


def _levels(criteria_set: CriteriaSet, day: date | None) -> Mapping[int, list[Rule]]:
    """Return the thresholds of `day`, or the latest, by measure id; one query."""
    found: defaultdict[int, list[Rule]] = defaultdict(list)
    in_set = Threshold.objects.filter(measure__indicator__criterion__criteria_set=criteria_set)
    for threshold in in_set.in_force(day).order_by("pk"):
        found[threshold.measure_id].append(rule_of(threshold))
    return found


def _override(data: dict[str, Any] | None) -> RegionOverride | None:
    if not data:
        return None
    return RegionOverride(
        region_code=data["use_region"],
        holders=tuple(map(frozenset, data["holders"])),
        legal_ref=data["legal_ref"],
        confidence=data["confidence"],
    )


def _criterion(tree: CriterionTree, levels: Mapping[int, list[Rule]]) -> CriterionSpec:
    indicators = tuple(_indicator(item, levels) for item in tree.indicators)
    return CriterionSpec(tree.row.pk, tree.row.code, indicators, tree.row.is_complete)


def _indicator(tree: IndicatorTree, levels: Mapping[int, list[Rule]]) -> IndicatorSpec:
    return IndicatorSpec(
        id=tree.row.pk,
        code=tree.row.code,
        measures=tuple(_measure(row, tree.row, levels.get(row.pk, [])) for row in tree.measures),
    )


def _measure(measure: Measure, indicator: Indicator, levels: list[Rule]) -> MeasureSpec:
    return MeasureSpec(
        id=measure.pk,
        code=measure.code,
        kind=measure.kind,
        comparator=measure.comparator,
        delegated_to=indicator.delegated_to,
        rules=tuple(levels),
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
