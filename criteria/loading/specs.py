"""A set of the file as judging sees it; no database is needed."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from criteria.scoring.specs import CriterionSpec, IndicatorSpec, MeasureSpec, SetSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from criteria.loading.law import LawCriterion, LawIndicator, LawMeasure, LawSet


def spec_of(law: LawSet) -> SetSpec:
    """Return the set with every version of its amended measures, its ids counted up."""
    ids = count(1)
    return SetSpec(
        id=next(ids),
        code=law.code,
        indicators_total=law.indicators_total,
        criteria=tuple(_criterion(item, ids) for item in law.criteria),
        region_override=law.region_override,
        commune_groups=tuple(law.commune_groups),
    )


def _criterion(criterion: LawCriterion, ids: Iterator[int]) -> CriterionSpec:
    indicators = tuple(_indicator(item, ids) for item in criterion.indicators)
    return CriterionSpec(next(ids), criterion.code, indicators, criterion.is_complete)


def _indicator(indicator: LawIndicator, ids: Iterator[int]) -> IndicatorSpec:
    measures = tuple(_measure(item, indicator, ids) for item in indicator.measures)
    return IndicatorSpec(next(ids), indicator.code, measures)


def _measure(measure: LawMeasure, indicator: LawIndicator, ids: Iterator[int]) -> MeasureSpec:
    return MeasureSpec(
        id=next(ids),
        code=measure.code,
        kind=measure.kind,
        comparator=measure.comparator,
        delegated_to=indicator.delegated_to,
        rules=tuple(replace(level.rule, id=next(ids)) for level in measure.levels),
        condition=measure.condition,
        may_be_left_out=bool(measure.not_assessed_when),
        valid_from=measure.valid_from,
        valid_to=measure.valid_to,
    )
