"""The assessments of a new round, in bulk, with the values each unit last had."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit, Succession
from criteria.assessment import rejudge
from criteria.models import Assessment, AssessmentEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from criteria.models import CriteriaSet, ReportingRound
    from ntm_portal.accounts.models import User

BATCH = 500  # assessments at a time: some 25,000 values in memory
_COPY = """
    INSERT INTO criteria_indicatorvalue (
        assessment_id, measure_id, number, is_not_assessed, note, is_carried, version,
        verdict, threshold_id, distance, updated_at, updated_by_id
    )
    SELECT
        new.id, old.measure_id, old.number, old.is_not_assessed, '', TRUE, 1,
        old.verdict, old.threshold_id, old.distance, old.updated_at, old.updated_by_id
    FROM criteria_assessment new
    JOIN criteria_indicatorvalue old ON old.assessment_id = new.carried_from_id
    JOIN criteria_measure measure ON measure.id = old.measure_id
    WHERE new.round_id = %s
        AND (old.number IS NOT NULL OR old.is_not_assessed)
        AND (measure.valid_from IS NULL OR measure.valid_from <= %s)
        AND (measure.valid_to IS NULL OR measure.valid_to >= %s)
"""


def create_assessments(round_: ReportingRound, criteria_set: CriteriaSet, *, by: User) -> list[int]:
    """Make a draft for every xã on the map of the round's day; return the ids of the units.

    The event of each draft is the trace of what was carried: a change for every value would
    double the largest table of the portal and say nothing more. A carried value keeps who typed
    it and when.
    """
    units = AdministrativeUnit.objects.on(round_.reference_date).in_programme()
    unit_ids = list(units.values_list("pk", flat=True))
    sources = last_assessments(round_.reference_date, criteria_set)
    made = Assessment.objects.bulk_create(
        (
            Assessment(
                unit_id=unit_id,
                round=round_,
                criteria_set=criteria_set,
                carried_from=sources.get(unit_id),
            )
            for unit_id in unit_ids
        ),
        batch_size=BATCH,
    )
    _record(made, sources, by)
    _carry(round_)
    for batch in _batches([item.pk for item in made]):
        rejudge(batch)
    return unit_ids


def last_assessments(day: date, criteria_set: CriteriaSet) -> dict[int, Assessment]:
    """Return, by unit, its latest assessment before `day` by the same set.

    A unit that was only renamed or moved takes over from the version it was before; one that
    was merged or split starts empty, for the old values do not describe it.
    """
    earlier = Assessment.objects.filter(
        criteria_set=criteria_set, round__reference_date__lt=day
    ).select_related("round")
    last = {item.unit_id: item for item in earlier.order_by("round__reference_date")}
    same_place = Succession.objects.filter(
        kind__in=[Succession.Kind.RENAME, Succession.Kind.TRANSFER],
        effective_date__lte=day,
    ).order_by("effective_date")
    for before, after in same_place.values_list("predecessor_id", "successor_id"):
        if before in last:
            last.setdefault(after, last[before])
    return last


def _record(made: Iterable[Assessment], sources: dict[int, Assessment], by: User) -> None:
    AssessmentEvent.objects.bulk_create(
        AssessmentEvent(
            assessment=item,
            by=by,
            to_status=item.status,
            reason=_("Values carried from round %(round)s.") % {"round": source.round.code}
            if (source := sources.get(item.unit_id))
            else "",
        )
        for item in made
    )


def _carry(round_: ReportingRound) -> None:
    """Copy the values of the whole country in one statement, each from where it is carried.

    The database copies by itself: 380,000 values take 2 seconds, through objects 50.
    """
    day = round_.reference_date
    with connection.cursor() as cursor:
        cursor.execute(_COPY, [round_.pk, day, day])


def _batches(ids: list[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
