"""The counters a unit has of its own: what was assessed there, and the facts of the day."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import PositiveIntegerField

from criteria.models import Assessment, CriteriaSet, Outcome
from criteria.models.assessments import Basis
from programme.models import Summary
from programme.rollup import facts
from programme.rollup.bands import BANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from criteria.models import ReportingRound
    from programme.rollup.places import Places

    # By unit: how much, by basis and counter.
    Totals = dict[int, Counter[tuple[str, str]]]

COUNTERS = tuple(
    field.name for field in Summary._meta.concrete_fields if isinstance(field, PositiveIntegerField)
)
SENT = (Assessment.Status.SUBMITTED, Assessment.Status.VERIFIED)


def bands(criteria_met: int, *, meets_all: bool) -> list[str]:
    """Return the bands a commune falls into by the number of criteria it meets."""
    if meets_all:
        return ["meets_all"]
    return [band for band, numbers in BANDS.items() if criteria_met in numbers]


def own_counters(round_: ReportingRound, places: Places) -> Totals:
    """Return what each unit counts by itself; twelve queries, whatever the number of units."""
    own: Totals = {pk: Counter() for pk in places.by_id}
    for unit_id, basis, counter, number in _outcomes(round_, places):
        own[unit_id][basis, counter] += number
    for unit_id, counter, number in chain(_assessments(round_, places), facts.of(places)):
        for basis in Basis:
            own[unit_id][basis, counter] += number
    return own


def _outcomes(round_: ReportingRound, places: Places) -> Iterator[tuple[int, str, str, int]]:
    rows = Outcome.objects.filter(
        places.at("assessment__unit"),
        assessment__round=round_,
        assessment__criteria_set__standard=CriteriaSet.Standard.NTM,
        measures_typed__gt=0,
    ).order_by()
    for unit_id, basis, met, meets_all in rows.values_list(
        "assessment__unit_id", "basis", "criteria_met", "meets_all"
    ):
        if places.is_commune(unit_id):
            yield unit_id, basis, "assessed", 1
            yield unit_id, basis, "criteria_met", met
            for band in bands(met, meets_all=meets_all):
                yield unit_id, basis, band, 1


def _assessments(round_: ReportingRound, places: Places) -> Iterator[facts.Counted]:
    rows = Assessment.objects.filter(
        places.at("unit"), round=round_, criteria_set__standard=CriteriaSet.Standard.NTM
    ).order_by()
    for unit_id, status, verified_at in rows.values_list("unit_id", "status", "verified_at"):
        if places.is_commune(unit_id):
            yield unit_id, "submitted", int(status in SENT)
            yield unit_id, "verified", int(verified_at is not None)
