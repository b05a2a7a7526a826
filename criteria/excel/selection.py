"""Which communes and which indicators: what a workbook or a grid is about, with what stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count

from criteria.models import CriteriaSet, IndicatorValue, Measure
from criteria.querysets import in_force_on
from criteria.scoring.verdicts import NOT_ASSESSED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from criteria.models import Assessment, ReportingRound
    from criteria.querysets import AssessmentQuerySet
    from criteria.scoring.verdicts import Typed

Key = tuple[int, int]  # assessment, measure


class Standing(NamedTuple):
    """What stands for a measure, and in which version."""

    version: int
    typed: Typed


@dataclass(frozen=True)
class Selection:
    """Assessments of one round and set, in the order of the map, and measures in theirs."""

    round: ReportingRound
    criteria_set: CriteriaSet
    assessments: Sequence[Assessment]
    measures: Sequence[Measure]

    @cached_property
    def values(self) -> Mapping[Key, Standing]:
        """Return what stands, by assessment and measure; one query, however much it is."""
        found = IndicatorValue.objects.filter(
            assessment__in=[item.pk for item in self.assessments],
            measure__in=[item.pk for item in self.measures],
        ).order_by()
        columns = ("assessment", "measure", "version", "number", "is_not_assessed")
        return {
            (pk, measure): Standing(version, NOT_ASSESSED if is_left_out else number)
            for pk, measure, version, number, is_left_out in found.values_list(*columns)
        }


def set_of(rows: AssessmentQuerySet, code: str = "") -> CriteriaSet | None:
    """Return the set by which these are judged: the one of this code, else that of the most."""
    found = rows.order_by().values("criteria_set").annotate(count=Count("pk"))
    ids = [item["criteria_set"] for item in found.order_by("-count", "criteria_set")]
    sets = CriteriaSet.objects.in_bulk(ids)
    ordered = [sets[pk] for pk in ids]
    return next((item for item in ordered if item.code == code), ordered[0] if ordered else None)


def measures_of(
    criteria_set: CriteriaSet, round_: ReportingRound, criteria: Collection[str] = ()
) -> list[Measure]:
    """Return what is asked on the round's day, in the order of the law; of all criteria or some."""
    found = Measure.objects.filter(
        in_force_on(round_.reference_date), indicator__criterion__criteria_set=criteria_set
    )
    if criteria:
        found = found.filter(indicator__criterion__code__in=criteria)
    order = ("indicator__criterion__position", "indicator__position", "position")
    return list(found.select_related("indicator__criterion").order_by(*order))


def select(
    round_: ReportingRound,
    rows: AssessmentQuerySet,
    criteria_set: CriteriaSet,
    criteria: Collection[str] = (),
) -> Selection:
    """Load the selection: communes of `rows` by this set, and the indicators of some criteria."""
    chosen = rows.filter(criteria_set=criteria_set).select_related("unit__parent").order_by()
    assessments = sorted(chosen, key=lambda item: item.unit.path)
    for item in assessments:
        item.round, item.criteria_set = round_, criteria_set
    return Selection(round_, criteria_set, assessments, measures_of(criteria_set, round_, criteria))
