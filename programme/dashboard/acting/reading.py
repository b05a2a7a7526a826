"""Where to act in a place, whole: which communes, for what, and how far they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Window

from communes.models import AdministrativeUnit
from criteria.models import CriteriaSet, CriterionVerdict, IndicatorValue
from criteria.models.assessments import Basis, VerdictChoice
from criteria.presentation.wording import unit_text
from programme.dashboard import communes
from programme.dashboard.acting import staleness
from programme.dashboard.acting.ranking import Ranked, Standing, rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from programme.dashboard.rounds import Rounds

SHOWN = 10
COLUMNS = [
    "assessment_id",
    "assessment__unit_id",
    "criteria_met",
    "unmet",
    "meets_all",
    "before",
    "verified",
]
UNIT = ["code", "name", "name_en", "short_name", "path"]


@dataclass(frozen=True, slots=True)
class Short:
    """A value that does not suffice, in the unit of its measure."""

    value: IndicatorValue
    unit: str

    @property
    def gap(self) -> Decimal | None:
        """Return how far it is from the level asked for, whichever way that is asked."""
        return None if self.value.distance is None else abs(self.value.distance)


@dataclass(frozen=True, slots=True)
class Named:
    """A commune to look at, the criteria that put it there, and the values behind them.

    `part` is the unit below the place in which it lies.
    """

    unit: AdministrativeUnit
    part: str
    standing: Standing
    criteria: Sequence[str]
    values: Sequence[Short]


@dataclass(frozen=True, slots=True)
class Section:
    """The first communes of a ranking, and how many there are in all."""

    rows: Sequence[Named]
    total: int


@dataclass(frozen=True, slots=True)
class Acting:
    """The communes that are near, that slipped, that rose, that await verification or are stale."""

    near: Section
    lost: Section
    gained: Section
    gap: Section
    stale: Sequence[AdministrativeUnit]
    stale_parts: Sequence[str]
    stale_total: int

    @property
    def stale_named(self) -> list[tuple[AdministrativeUnit, str]]:
        """Return those not updated, each with the unit below the place in which it lies."""
        return list(zip(self.stale, self.stale_parts, strict=True))


@dataclass(frozen=True, slots=True)
class _Turned:
    """The criteria of communes by id: lacking now, met then and not now, met now and not then."""

    lacking: Mapping[int, Sequence[str]]
    lost: Mapping[int, Sequence[str]]
    gained: Mapping[int, Sequence[str]]


def read(
    place: AdministrativeUnit,
    rounds: Rounds,
    below: Sequence[AdministrativeUnit] = (),
) -> Acting:
    """Return where to act in a place, in four queries however many communes it has.

    `below` are the units right below it, by which communes of the same name are told apart.
    """
    standings, names = _standings(place, rounds)
    rankings = rank(standings)
    units = {
        pk: AdministrativeUnit(pk=pk, **dict(zip(UNIT, names[pk], strict=True)))
        for pk in rankings.units
    }
    stale, stale_total = _stale(place, rounds)
    turned = _turned(rankings.units, rounds)
    values = _values(rankings.near)
    none: Mapping[int, Sequence[str]] = {}

    parts = {} if rounds.is_carried else {unit.path: unit.short_label for unit in below}

    def part_of(unit: AdministrativeUnit) -> str:
        around = (label for path, label in parts.items() if unit.path.startswith(path))
        return next((label for label in around if label != unit.short_label), "")

    def section(ranked: Ranked, criteria: Mapping[int, Sequence[str]]) -> Section:
        return Section(
            [
                Named(
                    units[row.unit],
                    part_of(units[row.unit]),
                    row,
                    criteria.get(row.unit, ()),
                    values.get(row.assessment, ()) if ranked is rankings.near else (),
                )
                for row in ranked.first
            ],
            ranked.total,
        )

    return Acting(
        section(rankings.near, turned.lacking),
        section(rankings.lost, turned.lost),
        section(rankings.gained, turned.gained),
        section(rankings.gap, none),
        stale,
        [part_of(unit) for unit in stale],
        stale_total,
    )


def _standings(
    place: AdministrativeUnit, rounds: Rounds
) -> tuple[list[Standing], dict[int, tuple[str, ...]]]:
    """Return how each commune that reported stands, in the order of the map, and its names."""
    rows = communes.outcomes(place, rounds)
    columns = [*COLUMNS, *(f"assessment__unit__{name}" for name in UNIT)]
    found = list(rows.order_by("assessment__unit__path").values_list(*columns))
    size = len(COLUMNS)
    return [Standing(*row[:size]) for row in found], {row[1]: row[size:] for row in found}


def _stale(place: AdministrativeUnit, rounds: Rounds) -> tuple[list[AdministrativeUnit], int]:
    """Return the first communes not updated in this round nor the one before, and how many."""
    rows = staleness.of(place, rounds)
    stale: list[AdministrativeUnit] = list(rows.annotate(total=Window(Count("pk")))[:SHOWN])
    return stale, vars(stale[0])["total"] if stale else 0


def _turned(units: Iterable[int], rounds: Rounds) -> _Turned:
    """Return which criteria the communes lack, lost and gained since the round before."""
    rows = (
        CriterionVerdict.objects.filter(
            outcome__basis=Basis.REPORTED,
            outcome__assessment__unit__in=units,
            outcome__assessment__round__in=[item.pk for item in rounds.compared],
            outcome__assessment__criteria_set__standard=CriteriaSet.Standard.NTM,
        )
        .order_by("criterion__position")
        .values_list(
            "outcome__assessment__unit_id",
            "outcome__assessment__round_id",
            "criterion__code",
            "verdict",
        )
    )
    now: defaultdict[int, dict[str, str]] = defaultdict(dict)
    then: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for unit, round_id, code, verdict in rows:
        is_now = rounds.chosen is not None and round_id == rounds.chosen.pk
        (now if is_now else then)[unit][code] = verdict
    met = VerdictChoice.MET
    return _Turned(
        {
            unit: [code for code, verdict in found.items() if verdict in communes.UNMET]
            for unit, found in now.items()
        },
        {
            unit: [code for code, one in found.items() if one != met == then[unit].get(code)]
            for unit, found in now.items()
        },
        {
            unit: [code for code, one in found.items() if one == met != then[unit].get(code, met)]
            for unit, found in now.items()
        },
    )


def _values(near: Ranked) -> Mapping[int, Sequence[Short]]:
    """Return by assessment what was typed and does not suffice."""
    rows = (
        IndicatorValue.objects.filter(
            assessment__in=[row.assessment for row in near.first], verdict=VerdictChoice.NOT_MET
        )
        .select_related("measure__indicator__criterion", "threshold")
        .order_by(F("measure__indicator__criterion__position"), "measure__position")
    )
    found: defaultdict[int, list[Short]] = defaultdict(list)
    for row in rows:
        found[row.assessment_id].append(Short(row, unit_text(row.measure)))
    return found
