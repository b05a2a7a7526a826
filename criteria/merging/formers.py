"""The units from which others were formed, and what each last reported by the same set."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from communes.models import Succession
from criteria.models import Assessment, FormerSize, IndicatorValue
from criteria.scoring.merging import Part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from communes.models import AdministrativeUnit
    from criteria.querysets import AssessmentQuerySet

FORMING = (Succession.Kind.MERGE, Succession.Kind.SPLIT)
TYPED = Q(number__isnull=False) | Q(is_not_assessed=True)
GENERATIONS = 8  # how often a unit is followed back through names and parents it had before


@dataclass(frozen=True, slots=True)
class Former:
    """A unit that went into another, whole or in part, and the assessment it last had."""

    unit: AdministrativeUnit
    is_divided: bool
    effective_date: date
    assessment: Assessment | None = None
    values: Mapping[int, IndicatorValue] = field(default_factory=dict)
    population: int | None = None
    households: int | None = None

    def part(self, measure_id: int) -> Part:
        """Return what the rule of a measure asks of it."""
        value = self.values.get(measure_id)
        typed = value.typed if value else None
        return Part(typed, self.population, self.households, self.is_divided)


def formed(rows: AssessmentQuerySet) -> AssessmentQuerySet:
    """Keep the assessments of units formed from others that were not verified in a round since."""
    forming = Succession.objects.filter(
        successor=OuterRef("unit"),
        predecessor__level=OuterRef("unit__level"),
        kind__in=FORMING,
    )
    assessed = Assessment.objects.filter(
        unit=OuterRef("unit"),
        round__reference_date__lt=OuterRef("round__reference_date"),
        status=Assessment.Status.VERIFIED,
    )
    return rows.filter(Exists(forming.order_by()), ~Exists(assessed.order_by()))


def successions_to(unit_ids: Collection[int]) -> dict[int, list[Succession]]:
    """Return by unit what it was formed from; one query."""
    rows = Succession.objects.filter(successor__in=unit_ids, kind__in=FORMING)
    found: defaultdict[int, list[Succession]] = defaultdict(list)
    for row in rows.select_related("predecessor", "successor").order_by("predecessor__path"):
        if row.predecessor.level == row.successor.level:
            found[row.successor_id].append(row)
    return found


def formers_of(assessment: Assessment) -> list[Former]:
    """Return the former units of one assessment's unit with their last values; five queries."""
    rows = successions_to([assessment.unit_id]).get(assessment.unit_id, [])
    last = _last_of({row.predecessor_id for row in rows}, assessment)
    values = _values_of(last.values())
    sizes = {item.code: item for item in FormerSize.objects.filter(assessment=assessment)}
    return [
        Former(
            unit=row.predecessor,
            is_divided=row.kind == Succession.Kind.SPLIT,
            effective_date=row.effective_date,
            assessment=(found := last.get(row.predecessor_id)),
            values=values.get(found.pk, {}) if found else {},
            population=size.population if size else row.predecessor.population,
            households=size.households if size else row.predecessor.households,
        )
        for row in rows
        for size in [sizes.get(row.predecessor.code)]
    ]


def _last_of(unit_ids: set[int], assessment: Assessment) -> dict[int, Assessment]:
    """Return by unit its latest assessment with values before the round, by the same set."""
    line = _line_of(unit_ids)
    rows = Assessment.objects.filter(
        Exists(IndicatorValue.objects.filter(TYPED, assessment=OuterRef("pk")).order_by()),
        unit__in=line,
        criteria_set=assessment.criteria_set_id,
        round__reference_date__lt=assessment.round.reference_date,
    ).select_related("round")
    return {line[item.unit_id]: item for item in rows.order_by("round__reference_date")}


def _line_of(unit_ids: set[int]) -> dict[int, int]:
    """Return, for each version of these units before they were renamed or moved, the last one."""
    line = {pk: pk for pk in unit_ids}
    newest = set(unit_ids)
    for _ in range(GENERATIONS):
        pairs = Succession.objects.filter(successor__in=newest, kind__in=Succession.CONTINUING)
        found = dict(pairs.values_list("predecessor", "successor"))
        newest = found.keys() - line.keys()
        if not newest:
            break
        line |= {before: line[found[before]] for before in newest}
    return line


def _values_of(assessments: Iterable[Assessment]) -> dict[int, dict[int, IndicatorValue]]:
    found: defaultdict[int, dict[int, IndicatorValue]] = defaultdict(dict)
    rows = IndicatorValue.objects.filter(TYPED, assessment__in=[item.pk for item in assessments])
    for value in rows.select_related("measure"):
        found[value.assessment_id][value.measure_id] = value
    return found
