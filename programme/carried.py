"""Figures of a round carried to the present map: sums of stored summaries, worked out when read.

`communes.placements` says which summaries each unit of that map is the sum of. The rows are named
to the database by their keys: joined, SQLite would read every row of the round.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import Count, Q

from communes.models import Addend, AdministrativeUnit
from criteria.models import CriteriaSet, CriterionVerdict
from criteria.models.assessments import VerdictChoice
from programme.models import CriterionTally, Summary
from programme.rollup.counters import COUNTERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from criteria.models import ReportingRound

    # By former unit: into which units of the present map, and with which sign.
    Into = Mapping[int, list[tuple[int, int]]]

# By unit of the present map and criterion: how many communes stand where.
Tallies: TypeAlias = "Mapping[tuple[int, int], Counter[str]]"


def summaries(
    unit_ids: Collection[int], rounds: Iterable[ReportingRound] | None = None
) -> list[Summary]:
    """Return an unsaved summary of each unit, round and basis, of all rounds or of these."""
    if not unit_ids:
        return []
    into = _into(Addend.objects.filter(into__in=unit_ids).exclude(sign=0))
    rows = Summary.objects.filter(unit__in=list(into)).order_by()
    if rounds is not None:
        rows = rows.filter(round__in=rounds)
    found: dict[tuple[int, int, str], Summary] = {}
    for row in rows:
        for into_id, sign in into[row.unit_id]:
            key = (into_id, row.round_id, row.basis)
            if (total := found.get(key)) is None:
                total = found[key] = Summary(
                    unit_id=into_id, round_id=row.round_id, basis=row.basis
                )
                total.computed_at = row.computed_at
            _add(total, row, sign)
    return list(found.values())


def tallies(unit_ids: Collection[int], round_: ReportingRound | None, basis: str) -> Tallies:
    """Return how many communes stand where on each criterion; three queries.

    Communes have no tally of their own: their verdicts are counted where they were carried alone.
    """
    found: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    if round_ is None:
        return found
    alone, areas = _split(unit_ids, round_)
    for unit_id, criterion_id, verdict, number in _of_areas(areas, round_, basis):
        for into_id, sign in areas[unit_id]:
            found[into_id, criterion_id][verdict] += sign * number
    for unit_id, criterion_id, verdict, number in _of_communes(alone, round_, basis):
        for into_id, sign in alone[unit_id]:
            found[into_id, criterion_id][verdict] += sign * number
    return found


def on_day(day: date) -> QuerySet[Addend]:
    """Return what sums of the present map are made of, among the units of `day`."""
    begun = Q(unit__valid_from__isnull=True) | Q(unit__valid_from__lte=day)
    lasting = Q(unit__valid_to__isnull=True) | Q(unit__valid_to__gte=day)
    return Addend.objects.filter(begun, lasting)


def _split(unit_ids: Collection[int], round_: ReportingRound) -> tuple[Into, Into]:
    """Return what is carried as a commune of its own, and what as an area with all within."""
    rows = on_day(round_.reference_date).filter(into__in=unit_ids).exclude(sign=0)
    is_commune = Q(unit__level=AdministrativeUnit.Level.COMMUNE)
    return _into(rows.filter(is_commune)), _into(rows.exclude(is_commune))


def _into(rows: QuerySet[Addend]) -> Into:
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for unit_id, into_id, sign in rows.order_by().values_list("unit_id", "into_id", "sign"):
        found[unit_id].append((into_id, sign))
    return found


def _add(total: Summary, row: Summary, sign: int) -> None:
    for name in COUNTERS:
        setattr(total, name, getattr(total, name) + sign * getattr(row, name))
    total.computed_at = max(total.computed_at, row.computed_at)


def _of_areas(
    areas: Into, round_: ReportingRound, basis: str
) -> Iterator[tuple[int, int, str, int]]:
    rows = CriterionTally.objects.filter(unit__in=list(areas), round=round_, basis=basis)
    for row in rows.order_by():
        for verdict in VerdictChoice.values:
            yield row.unit_id, row.criterion_id, verdict, getattr(row, verdict)


def _of_communes(
    alone: Into, round_: ReportingRound, basis: str
) -> Iterator[tuple[int, int, str, int]]:
    rows = CriterionVerdict.objects.filter(
        outcome__assessment__unit__in=list(alone),
        outcome__assessment__round=round_,
        outcome__assessment__criteria_set__standard=CriteriaSet.Standard.NTM,
        outcome__basis=basis,
        outcome__assessment__unit__kind=AdministrativeUnit.Kind.COMMUNE,
    )
    keys = ("outcome__assessment__unit", "criterion", "verdict")
    yield from rows.order_by().values_list(*keys).annotate(Count("pk"))
