"""Figures of a round carried to the present map: sums of stored summaries, worked out when read.

`communes.placements` says which summaries each unit of that map is the sum of. The rows are named
to the database by their keys: joined, SQLite would read every row of the round.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from communes.models import Addend, AdministrativeUnit
from criteria.models import CriteriaSet, Criterion, CriterionVerdict
from programme.addends import Addends
from programme.models import CriterionTally, Summary
from programme.rollup.counters import COUNTERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from criteria.models import ReportingRound
    from programme.addends import Part

    # By former unit: into which units of the present map, and with which sign.
    Into = Mapping[int, list[tuple[int, int]]]

# What is read of each criterion, and of the communes by verdict.
CRITERION = ("id", "position", "code", "name", "name_en")
NAMED = tuple(f"criterion__{name}" for name in CRITERION)
COUNTED = ("met", "not_met", "missing", "undetermined", "not_applicable")


def summaries(
    unit_ids: Collection[int],
    rounds: Iterable[ReportingRound] | None = None,
    every_round_of: Collection[int] = (),
    addends: Addends | None = None,
) -> list[Summary]:
    """Return an unsaved summary of each unit, round and basis, of all rounds or of these.

    Those in `every_round_of` are told of all rounds whatever `rounds` says. Two queries, one where
    the `addends` are known.
    """
    if not unit_ids:
        return []
    into = _into((addends or Addends()).of(unit_ids))
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


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many communes stand where, by unit, criterion, round and basis; and the criteria."""

    counted: Mapping[tuple[int, int, int, str], Counter[str]]
    criteria: Mapping[int, Criterion]


def tallies(
    unit_ids: Collection[int],
    rounds: Collection[ReportingRound],
    bases: Collection[str],
    criterion: Criterion | None = None,
    addends: Addends | None = None,
) -> Tallied:
    """Return how many communes stand where on each criterion, or on one; two queries.

    One where the `addends` are known. Communes have no tally of their own: their verdicts are
    counted where they were carried alone.
    """
    parts = (addends or Addends()).of(unit_ids) if rounds else []
    into = _into(parts)
    alone = {part.unit_id for part in parts if part.is_alone}
    rows = _of_areas(into.keys() - alone, rounds, bases, criterion)
    if alone:
        rows = rows.union(_of_communes(alone, rounds, bases, criterion), all=True)
    found: defaultdict[tuple[int, int, int, str], Counter[str]] = defaultdict(Counter)
    criteria: dict[int, Criterion] = {}
    for unit_id, round_id, basis, *named, met, not_met, missing, undetermined, none in rows:
        pk = named[0]
        criteria.setdefault(pk, Criterion(**dict(zip(CRITERION, named, strict=True))))
        numbers = (met, not_met, missing, undetermined, none)
        for into_id, sign in into[unit_id]:
            total = found[into_id, pk, round_id, basis]
            for name, number in zip(COUNTED, numbers, strict=True):
                total[name] += sign * number
    return Tallied(found, criteria)


def on_day(day: date) -> QuerySet[Addend]:
    """Return what sums of the present map are made of, among the units of `day`."""
    return between(day, day)


def between(first: date, last: date) -> QuerySet[Addend]:
    """Return the same among the units of all these days."""
    begun = Q(unit__valid_from__isnull=True) | Q(unit__valid_from__lte=last)
    lasting = Q(unit__valid_to__isnull=True) | Q(unit__valid_to__gte=first)
    return Addend.objects.filter(begun, lasting)


def _into(parts: Iterable[Part]) -> Into:
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for part in parts:
        found[part.unit_id].append((part.into_id, part.sign))
    return found


def _add(total: Summary, row: Summary, sign: int) -> None:
    for name in COUNTERS:
        setattr(total, name, getattr(total, name) + sign * getattr(row, name))
    total.computed_at = max(total.computed_at, row.computed_at)


# Both are rows of columns in one order, hence Any.
def _of_areas(
    units: Collection[int],
    rounds: Collection[ReportingRound],
    bases: Collection[str],
    criterion: Criterion | None,
) -> QuerySet[CriterionTally, Any]:
    rows = CriterionTally.objects.filter(
        unit__in=list(units), round__in=rounds, basis__in=bases, **_of(criterion)
    )
    return rows.order_by().values_list("unit_id", "round_id", "basis", *NAMED, *COUNTED)


def _of_communes(
    units: Collection[int],
    rounds: Collection[ReportingRound],
    bases: Collection[str],
    criterion: Criterion | None,
) -> QuerySet[CriterionVerdict, Any]:
    assessment = "outcome__assessment"
    rows = CriterionVerdict.objects.filter(
        **{
            f"{assessment}__unit__in": list(units),
            f"{assessment}__unit__kind": AdministrativeUnit.Kind.COMMUNE,
            f"{assessment}__round__in": rounds,
            f"{assessment}__criteria_set__standard": CriteriaSet.Standard.NTM,
        },
        outcome__basis__in=bases,
        **_of(criterion),
    )
    keys = (f"{assessment}__unit_id", f"{assessment}__round_id", "outcome__basis", *NAMED)
    numbers = {name: Count("pk", Q(verdict=name)) for name in COUNTED}
    counted: QuerySet[CriterionVerdict, Any]
    counted = rows.order_by().values(*keys).annotate(**numbers).values_list(*keys, *COUNTED)
    return counted


def _of(criterion: Criterion | None) -> dict[str, Criterion]:
    return {} if criterion is None else {"criterion": criterion}
