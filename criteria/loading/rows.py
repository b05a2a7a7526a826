"""The set of a file as rows of the tables, not yet saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.models import CriteriaGroup, CriteriaSet, Criterion, Indicator, Measure, Threshold

if TYPE_CHECKING:
    from criteria.loading.law import (
        LawCriterion,
        LawGroup,
        LawIndicator,
        LawMeasure,
        LawSet,
        Level,
    )
    from criteria.loading.nodes import Data
    from criteria.scoring.conditions import Condition
    from criteria.scoring.specs import RegionOverride


def set_row(law: LawSet, *, is_complete: bool) -> CriteriaSet:
    """Return the row of the set."""
    return CriteriaSet(
        code=law.code,
        name=law.name,
        name_en=law.name_en,
        level=law.level,
        standard=law.standard,
        legal_basis=list(law.legal_basis),
        meets_when=law.meets_when,
        valid_from=law.valid_from,
        valid_to=law.valid_to,
        indicators_total=law.indicators_total,
        is_complete=is_complete,
        region_override=_override(law.region_override),
        commune_groups=law.commune_groups,
        preconditions=list(law.preconditions),
        town_city_rule=law.town_city_rule,
    )


def group_row(criteria_set: CriteriaSet, group: LawGroup, position: int) -> CriteriaGroup:
    """Return the row of a group."""
    return CriteriaGroup(
        criteria_set=criteria_set,
        code=group.code,
        name=group.name,
        name_en=group.name_en,
        position=position,
    )


def criterion_row(group: CriteriaGroup, criterion: LawCriterion, position: int) -> Criterion:
    """Return the row of a criterion."""
    return Criterion(
        criteria_set=group.criteria_set,
        group=group,
        code=criterion.code,
        name=criterion.name,
        name_en=criterion.name_en,
        position=position,
        is_complete=criterion.is_complete,
    )


def indicator_row(criterion: Criterion, indicator: LawIndicator, position: int) -> Indicator:
    """Return the row of an indicator."""
    return Indicator(
        criterion=criterion,
        code=indicator.code,
        name=indicator.name,
        name_en=indicator.name_en,
        position=position,
        delegated_to=indicator.delegated_to,
        guidance=indicator.guidance,
        source=indicator.source,
        confidence=indicator.confidence,
    )


def measure_row(indicator: Indicator, measure: LawMeasure, position: int) -> Measure:
    """Return the row of one version of a measure."""
    return Measure(
        indicator=indicator,
        code=measure.code,
        name=measure.name,
        name_en=measure.name_en,
        position=position,
        kind=measure.kind,
        unit=measure.unit,
        unit_en=measure.unit_en,
        comparator=measure.comparator,
        valid_from=measure.valid_from,
        valid_to=measure.valid_to,
        validity_confidence=measure.validity_confidence,
        applies_if=_condition(measure.condition),
        not_assessed_when=measure.not_assessed_when,
        province_may_loosen=measure.province_may_loosen,
    )


def threshold_row(measure: Measure, level: Level) -> Threshold:
    """Return the row of a threshold."""
    rule = level.rule
    return Threshold(
        measure=measure,
        value=rule.value,
        region_code=rule.region_code,
        province_code=rule.province_code,
        designation=rule.designation,
        commune_group=rule.commune_group,
        from_year=rule.from_year,
        to_year=rule.to_year,
        legal_ref=rule.legal_ref,
        source=level.source,
        confidence=rule.confidence,
        is_exempt=rule.is_exempt,
        is_from_set=True,
    )


def _override(override: RegionOverride | None) -> Data | None:
    if override is None:
        return None
    return {
        "use_region": override.region_code,
        "holders": [sorted(needed) for needed in override.holders],
        "legal_ref": override.legal_ref,
        "confidence": override.confidence,
    }


def _condition(condition: Condition | None) -> Data | None:
    if condition is None:
        return None
    return {
        "fact": condition.fact,
        "comparator": condition.comparator,
        "value": str(condition.value),
        "text": condition.text,
    }
