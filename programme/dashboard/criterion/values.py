"""The typed values of one measure in a place: what, how far from the level, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, QuerySet

from programme.dashboard.criterion import distribution

if TYPE_CHECKING:
    from communes.models import AdministrativeUnit
    from criteria.models import IndicatorValue, Measure
    from programme.dashboard.rounds import Rounds


def of_measure(
    unit: AdministrativeUnit, rounds: Rounds, measure: Measure
) -> QuerySet[IndicatorValue]:
    """Return the values of a measure, the furthest below its level first."""
    values = distribution.of_place(unit, rounds).filter(
        measure__code=measure.code, number__isnull=False
    )
    return values.select_related(
        "assessment__unit__parent", "threshold", "updated_by", "measure"
    ).order_by(F("distance").asc(nulls_last=True), "assessment__unit__path")
