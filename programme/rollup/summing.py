"""Sums for parents: what they have of their own, and what all their children come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Sum

from criteria.models.assessments import VerdictChoice
from programme.models import CriterionTally, Summary
from programme.rollup.counters import COUNTERS

if TYPE_CHECKING:
    from communes.querysets import UnitQuerySet
    from criteria.models import ReportingRound
    from programme.rollup.counters import Totals
    from programme.rollup.places import Places
    from programme.rollup.tallies import Tallies

Key = TypeVar("Key", bound=Hashable)


def add_up(own: dict[int, Counter[Key]], places: Places) -> None:
    """Add each unit to the one it lies in, the deepest first, so that all reaches the top."""
    for pk in places.deepest_first:
        parent = places.by_id[pk].parent_id
        if pk in own and parent in own:
            own[parent].update(own[pk])


def add_summaries_beside(own: Totals, round_: ReportingRound, places: Places) -> None:
    """Add to parents their children that are not worked out anew, as stored; one query."""
    rows = Summary.objects.filter(round=round_, unit__in=_beside(places)).order_by()
    for code, basis, *sums in rows.values_list("unit__parent__code", "basis").annotate(
        *map(Sum, COUNTERS)
    ):
        pk = places.by_code[code]
        for counter, number in zip(COUNTERS, sums, strict=True):
            own[pk][basis, counter] += number


def add_tallies_beside(own: Tallies, round_: ReportingRound, places: Places) -> None:
    """Add to parents the tallies of children that are not worked out anew; one query."""
    rows = CriterionTally.objects.filter(round=round_, unit__in=_beside(places)).order_by()
    for code, basis, criterion_id, *sums in rows.values_list(
        "unit__parent__code", "basis", "criterion"
    ).annotate(*map(Sum, VerdictChoice.values)):
        pk = places.by_code[code]
        for verdict, number in zip(VerdictChoice.values, sums, strict=True):
            own[pk][basis, criterion_id, verdict] += number


def _beside(places: Places) -> UnitQuerySet:
    return places.children().exclude(pk__in=list(places.by_id))
