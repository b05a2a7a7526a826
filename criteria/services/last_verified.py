"""What was last verified for a unit, in this round or in one before, and what differs from it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from criteria.models import Assessment, Evidence, IndicatorValue, ValueNote
from criteria.scoring.verdicts import NOT_ASSESSED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from criteria.scoring.verdicts import Typed

COLUMNS = ("assessment_id", "measure_id", "number", "is_not_assessed")
VERIFIED = ("assessment_id", "measure_id", "verified_number", "verified_is_not_assessed")


def last_verified(assessments: Collection[Assessment]) -> dict[int, dict[int, Typed]]:
    """Return, by assessment and measure, what was last verified; two queries for any number.

    That is what was verified in this round or, before its first verification, in the latest round
    before in which the unit was. An assessment that never was is not in the answer.
    """
    sources = _sources(assessments)
    found = _typed_of(sources.values(), VERIFIED)
    return {pk: found[source] for pk, source in sources.items()}


def changed_measures(assessments: Collection[Assessment]) -> dict[int, set[int]]:
    """Return, by assessment, the measures of which another value stands than was last verified."""
    before = last_verified(assessments)
    now = _typed_of([item.pk for item in assessments], COLUMNS)
    return {
        item.pk: {
            measure
            for measure, typed in now[item.pk].items()
            if typed != before.get(item.pk, {}).get(measure)
        }
        for item in assessments
    }


def newly_backed(assessments: Collection[Assessment]) -> dict[int, set[int]]:
    """Return, by assessment, the measures with files or notes since it was last verified.

    A file that was taken back counts too: what stood behind the value is another.
    """
    verified = {item.pk: item.verified_at for item in assessments}
    since: defaultdict[int, set[int]] = defaultdict(set)
    files = Evidence.objects.filter(assessment__in=list(verified)).order_by()
    notes = ValueNote.objects.filter(assessment__in=list(verified)).order_by()
    for pk, measure, added, withdrawn in [
        *files.values_list("assessment_id", "measure_id", "added_at", "withdrawn_at"),
        *((*row, None) for row in notes.values_list("assessment_id", "measure_id", "at")),
    ]:
        day = verified[pk]
        if day is None or max(filter(None, [added, withdrawn])) > day:
            since[pk].add(measure)
    return {pk: since[pk] for pk in verified}


def _sources(assessments: Collection[Assessment]) -> dict[int, int]:
    """Return, by assessment, the one whose verified numbers it is compared with."""
    found = {item.pk: item.pk for item in assessments if item.verified_at}
    never = [item for item in assessments if not item.verified_at]
    earlier = Assessment.objects.filter(
        unit__in={item.unit_id for item in never}, verified_at__isnull=False
    ).order_by("round__reference_date")
    columns = ("unit_id", "criteria_set_id", "round__reference_date", "pk")
    chains: defaultdict[tuple[int, int], list[tuple[date, int]]] = defaultdict(list)
    for unit, criteria_set, day, pk in earlier.values_list(*columns) if never else ():
        chains[unit, criteria_set].append((day, pk))
    for item in never:
        before = [
            pk
            for day, pk in chains[item.unit_id, item.criteria_set_id]
            if day < item.round.reference_date
        ]
        if before:
            found[item.pk] = before[-1]
    return found


def _typed_of(ids: Iterable[int], columns: tuple[str, ...]) -> Mapping[int, dict[int, Typed]]:
    found: defaultdict[int, dict[int, Typed]] = defaultdict(dict)
    rows = IndicatorValue.objects.filter(assessment__in=set(ids)).order_by()
    for pk, measure, number, is_left_out in rows.values_list(*columns):
        found[pk][measure] = NOT_ASSESSED if is_left_out else number
    return found
