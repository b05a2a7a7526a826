"""A cut of a place, whole: what its communes come to, and in each unit below."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Sum

from criteria.models import CriteriaSet, Outcome, Recognition
from criteria.models.assessments import Basis
from programme.dashboard import areas, children, ground, groups, published, tallies
from programme.dashboard.figures import Compared, Figures
from programme.models import PublishedFigure, Summary
from programme.rollup.bands import BANDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from communes.models import AdministrativeUnit
    from programme.dashboard.areas import Table
    from programme.dashboard.published import Beside
    from programme.dashboard.rounds import Rounds
    from programme.dashboard.tallies import Cell

    # Of which part of the place, in which round, on which basis: how many of what.
    Counted = Iterator[tuple[str, int, str, dict[str, int]]]

NTM = CriteriaSet.Standard.NTM
ASSESSED = ("assessed", "criteria_met", "meets_all", "below_10")
COUNTED = {"communes", "certified", *ASSESSED}


@dataclass(frozen=True, slots=True)
class GroupPlace(Compared):
    """What the page of a place shows of a group or region; targets are set for all alike."""

    unit: AdministrativeUnit
    rounds: Rounds
    now: Figures
    before: Figures | None
    cells: Sequence[Cell]
    tables: Sequence[Table]
    published: Sequence[Beside]  # of a region

    @property
    def verdicts(self) -> Sequence[str]:
        """Return the verdicts that the bars of the criteria are made of."""
        return tallies.DRAWN


def read(unit: AdministrativeUnit, rounds: Rounds, order: str) -> GroupPlace:
    """Return a cut of a place; four queries, one more where the units below are communes.

    One more, too, of a region: for what was published of it.
    """
    units = ground.below(unit, rounds)
    known = figures(unit, units, rounds)
    cells = groups.cells(unit, units, rounds)
    chosen = rounds.chosen.pk if rounds.chosen else 0
    held = [item for item in units if (item.code, chosen) in known]
    now = known.get((unit.code, chosen), Figures(Summary(), Summary()))
    return GroupPlace(
        unit=unit,
        rounds=rounds,
        now=now,
        before=known.get((unit.code, rounds.previous.pk)) if rounds.previous else None,
        cells=cells.get(unit.code, ()),
        tables=list(areas.tables(children.rows(held, rounds, known, cells), order, rounds)),
        published=_published(rounds, now),
    )


def _published(rounds: Rounds, now: Figures) -> list[Beside]:
    """Return what was published of a whole region, beside what is counted of it here."""
    if rounds.region is None or rounds.group:
        return []
    given = PublishedFigure.objects.of_region(rounds.region.code).until(rounds.day)
    known = published.beside(given, [], now)
    return [item for item in known if set(item.gauge.metric.reads) <= COUNTED]


def figures(
    place: AdministrativeUnit, units: Sequence[AdministrativeUnit], rounds: Rounds
) -> Mapping[tuple[str, int], Figures]:
    """Return by code and round id what the communes of the cut count, in two queries.

    The round before counts the same communes: those of a group on the day of the one shown.
    """
    summed: defaultdict[tuple[str, int], dict[str, Summary]] = defaultdict(
        lambda: {basis: Summary() for basis in Basis.values}
    )
    codes = {unit.path: unit.code for unit in units}
    for part, round_id, basis, counters in chain(_units(place, rounds), _assessed(place, rounds)):
        below = codes.get(f"{place.path}{part}") if part else None
        for code in (place.code, below) if below else (place.code,):
            total = summed[code, round_id][basis]
            for name, number in counters.items():
                setattr(total, name, getattr(total, name) + number)
    return {
        key: Figures(found[Basis.REPORTED], found[Basis.VERIFIED]) for key, found in summed.items()
    }


def _units(place: AdministrativeUnit, rounds: Rounds) -> Counted:
    """Yield how many communes there are, and how many were recognised on each round's day."""
    decided = [
        Count(
            "pk",
            Exists(
                Recognition.objects.in_force(item.reference_date).filter(
                    unit=OuterRef("pk"), standard=NTM
                )
            ),
        )
        for item in rounds.compared
    ]
    members = rounds.asked_within(place).in_programme().order_by()
    counted = (
        members.annotate(part=groups.part(place, rounds))
        .values_list("part")
        .annotate(Count("pk"), **{f"certified_{at}": item for at, item in enumerate(decided)})
    )
    for part, communes, *certified in counted:
        for item, number in zip(rounds.compared, certified, strict=True):
            for basis in Basis.values:
                yield part, item.pk, basis, {"communes": communes, "certified": number}


def _assessed(place: AdministrativeUnit, rounds: Rounds) -> Counted:
    """Yield what was assessed, as the roll-up counts it."""
    unit = "assessment__unit"
    below_10 = Q(criteria_met__lt=BANDS["below_10"].stop, meets_all=False)
    rows = Outcome.objects.filter(
        assessment__round__in=[item.pk for item in rounds.compared],
        assessment__criteria_set__standard=NTM,
        measures_typed__gt=0,
        **rounds.within(place, unit),
    ).order_by()
    counted = (
        rows.annotate(part=groups.part(place, rounds, f"{unit}__"))
        .values_list("part", "assessment__round_id", "basis")
        .annotate(
            assessed=Count("pk"),
            met=Sum("criteria_met"),
            all_met=Count("pk", Q(meets_all=True)),
            few=Count("pk", below_10),
        )
    )
    for part, round_id, basis, *numbers in counted:
        yield part, round_id, basis, dict(zip(ASSESSED, numbers, strict=True))
