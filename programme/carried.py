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

    from criteria.models import Criterion, ReportingRound

    # By former unit: into which units of the present map, and with which sign.
    Into = Mapping[int, list[tuple[int, int]]]

    # A former unit; criterion, round and basis; a verdict; how many communes.
    Counted = tuple[int, tuple[int, int, str], str, int]

KEY = ("criterion", "outcome__assessment__round", "outcome__basis")

# By unit of the present map and criterion: how many communes stand where.
Tallies: TypeAlias = "Mapping[tuple[int, int], Counter[str]]"
# The same by unit, criterion, round and basis.
TalliesOfRounds: TypeAlias = "Mapping[tuple[int, int, int, str], Counter[str]]"


def summaries(
    unit_ids: Collection[int],
    rounds: Iterable[ReportingRound] | None = None,
    every_round_of: Collection[int] = (),
) -> list[Summary]:
    """Return an unsaved summary of each unit, round and basis, of all rounds or of these.

    Those in `every_round_of` are told of all rounds whatever `rounds` says. Two queries.
    """
    if not unit_ids:
        return []
    into = _into(Addend.objects.filter(into__in=unit_ids).exclude(sign=0))
    rows = Summary.objects.filter(unit__in=list(into)).order_by()
    if rounds is not None:
        shown = {item.pk for item in rounds}
        whole = [pk for pk, held in into.items() if any(one in every_round_of for one, _ in held)]
        rows = rows.filter(Q(round__in=shown) | Q(unit__in=whole))
    found: dict[tuple[int, int, str], Summary] = {}
    for row in rows:
        for into_id, sign in into[row.unit_id]:
            if rounds is not None and row.round_id not in shown and into_id not in every_round_of:
                continue
            key = (into_id, row.round_id, row.basis)
            if (total := found.get(key)) is None:
                total = found[key] = Summary(
                    unit_id=into_id, round_id=row.round_id, basis=row.basis
                )
                total.computed_at = row.computed_at
            _add(total, row, sign)
    return list(found.values())


def tallies(unit_ids: Collection[int], round_: ReportingRound | None, basis: str) -> Tallies:
    """Return how many communes stand where on each criterion; three queries."""
    if round_ is None:
        return {}
    found = tallies_of_rounds(unit_ids, [round_], [basis])
    return {(unit, criterion): counted for (unit, criterion, *_), counted in found.items()}


def tallies_of_rounds(
    unit_ids: Collection[int],
    rounds: Collection[ReportingRound],
    bases: Collection[str],
    criterion: Criterion | None = None,
) -> TalliesOfRounds:
    """Return the same of several rounds, of all criteria or of one; three queries at most.

    Communes have no tally of their own: their verdicts are counted where they were carried alone.
    """
    found: defaultdict[tuple[int, int, int, str], Counter[str]] = defaultdict(Counter)
    if not rounds:
        return found
    alone, areas = _split(unit_ids, rounds)
    of_areas = CriterionTally.objects.filter(unit__in=list(areas), round__in=rounds)
    of_communes = _verdicts(alone, rounds)
    if criterion is not None:
        of_areas = of_areas.filter(criterion=criterion)
        of_communes = of_communes.filter(criterion=criterion)
    for unit_id, key, verdict, number in _of_areas(of_areas.filter(basis__in=bases)):
        for into_id, sign in areas[unit_id]:
            found[into_id, *key][verdict] += sign * number
    for unit_id, key, verdict, number in _of_communes(of_communes, bases) if alone else ():
        for into_id, sign in alone[unit_id]:
            found[into_id, *key][verdict] += sign * number
    return found


def on_day(day: date) -> QuerySet[Addend]:
    """Return what sums of the present map are made of, among the units of `day`."""
    return between(day, day)


def between(first: date, last: date) -> QuerySet[Addend]:
    """Return the same among the units of all these days."""
    begun = Q(unit__valid_from__isnull=True) | Q(unit__valid_from__lte=last)
    lasting = Q(unit__valid_to__isnull=True) | Q(unit__valid_to__gte=first)
    return Addend.objects.filter(begun, lasting)


def _split(unit_ids: Collection[int], rounds: Iterable[ReportingRound]) -> tuple[Into, Into]:
    """Return what is carried as a commune of its own, and what as an area with all within."""
    days = [item.reference_date for item in rounds]
    rows = between(min(days), max(days)).filter(into__in=unit_ids).exclude(sign=0)
    alone: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    areas: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    keys = ("unit_id", "into_id", "sign", "unit__level")
    for unit_id, into_id, sign, level in rows.order_by().values_list(*keys):
        held = alone if level == AdministrativeUnit.Level.COMMUNE else areas
        held[unit_id].append((into_id, sign))
    return alone, areas


def _into(rows: QuerySet[Addend]) -> Into:
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for unit_id, into_id, sign in rows.order_by().values_list("unit_id", "into_id", "sign"):
        found[unit_id].append((into_id, sign))
    return found


def _add(total: Summary, row: Summary, sign: int) -> None:
    for name in COUNTERS:
        setattr(total, name, getattr(total, name) + sign * getattr(row, name))
    total.computed_at = max(total.computed_at, row.computed_at)


def _of_areas(rows: QuerySet[CriterionTally]) -> Iterator[Counted]:
    for row in rows.order_by():
        for verdict in VerdictChoice.values:
            key = (row.criterion_id, row.round_id, row.basis)
            yield row.unit_id, key, verdict, getattr(row, verdict)


def _verdicts(alone: Into, rounds: Iterable[ReportingRound]) -> QuerySet[CriterionVerdict]:
    return CriterionVerdict.objects.filter(
        outcome__assessment__unit__in=list(alone),
        outcome__assessment__round__in=rounds,
        outcome__assessment__criteria_set__standard=CriteriaSet.Standard.NTM,
        outcome__assessment__unit__kind=AdministrativeUnit.Kind.COMMUNE,
    )


def _of_communes(rows: QuerySet[CriterionVerdict], bases: Collection[str]) -> Iterator[Counted]:
    keys = ("outcome__assessment__unit", *KEY, "verdict")
    counted = rows.filter(outcome__basis__in=bases).order_by().values_list(*keys)
    for unit_id, criterion_id, round_id, basis, verdict, number in counted.annotate(Count("pk")):
        yield unit_id, (criterion_id, round_id, basis), verdict, number
