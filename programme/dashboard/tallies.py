"""How many communes of a place stand where on each criterion, and what holds back most."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from criteria.models import CriteriaSet, Criterion, Outcome
from criteria.models.assessments import Basis, VerdictChoice
from programme import carried
from programme.dashboard.figures import share
from programme.models import CriterionTally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from criteria.models import ReportingRound
    from programme.dashboard.rounds import Rounds

# From the bottom up.
DRAWN = (
    VerdictChoice.MET,
    VerdictChoice.UNDETERMINED,
    VerdictChoice.MISSING,
    VerdictChoice.NOT_MET,
)


COUNTED, CRITERION = carried.COUNTED, carried.CRITERION


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a bar of 100: where it begins, from the top, and how high it is."""

    verdict: str
    y: int
    height: int

    @property
    def x(self) -> int:
        """Return where it begins when the bar lies down."""
        return 100 - self.y - self.height


@dataclass(frozen=True, slots=True)
class Cell:
    """One criterion in a place: communes by verdict, as reported."""

    criterion: Criterion
    met: int
    not_met: int
    missing: int
    undetermined: int
    not_applicable: int

    @property
    def judged(self) -> int:
        """Return the communes to which the criterion applies."""
        return self.met + self.not_met + self.missing + self.undetermined

    @property
    def met_share(self) -> Decimal | None:
        """Return the share of communes that meet it, in per cent."""
        return share(self.met, self.judged)

    @property
    def is_undetermined(self) -> bool:
        """Tell whether a level to judge by is lacking and no commune was judged either way."""
        return self.undetermined > 0 == self.met + self.not_met

    @property
    def bars(self) -> list[Bar]:
        """Return the bar of each verdict, the communes that meet the criterion at the bottom."""
        below, bars = 0, []
        for verdict in DRAWN:
            top = below + getattr(self, verdict)
            low, high = (round(share(edge, self.judged) or 0) for edge in (below, top))
            bars.append(Bar(verdict, 100 - high, high - low))
            below = top
        return bars


def strip(code: str, round_: ReportingRound | None) -> list[Cell]:
    """Return the criteria of a place in the order of the law."""
    return read([code], round_).get(code, [])


def of(units: Iterable[AdministrativeUnit], rounds: Rounds) -> dict[str, list[Cell]]:
    """Return by code the criteria of places on the map that is shown, in the order of the law."""
    codes = {unit.pk: unit.code for unit in units}
    if not rounds.is_carried:
        return read(codes.values(), rounds.chosen)
    shown = [rounds.chosen] if rounds.chosen else []
    told = carried.tallies(list(codes), shown, [Basis.REPORTED], addends=rounds.addends)
    criteria = told.criteria
    found: dict[str, list[Cell]] = defaultdict(list)
    for (unit_id, pk, *_), counted in sorted(
        told.counted.items(), key=lambda item: criteria[item[0][1]].position
    ):
        found[codes[unit_id]].append(Cell(criteria[pk], *(counted[name] for name in COUNTED)))
    return found


def read(codes: Iterable[str], round_: ReportingRound | None) -> dict[str, list[Cell]]:
    """Return by code the criteria of several places, in the order of the law; one query."""
    rows = CriterionTally.objects.filter(
        unit__in=AdministrativeUnit.objects.filter(code__in=codes),
        round=round_,
        basis=Basis.REPORTED,
    ).order_by("criterion__position")
    criteria: dict[int, Criterion] = {}
    found: dict[str, list[Cell]] = defaultdict(list)
    for code, pk, position, criterion_code, name, name_en, *counted in rows.values_list(
        "unit__code", *(f"criterion__{name}" for name in CRITERION), *COUNTED
    ):
        if pk not in criteria:
            criteria[pk] = Criterion(
                pk=pk, position=position, code=criterion_code, name=name, name_en=name_en
            )
        found[code].append(Cell(criteria[pk], *counted))
    return found


def summed(several: Iterable[Sequence[Cell]]) -> list[Cell]:
    """Return the sum of cells of several units, criterion by criterion."""
    totals: dict[int, list[int]] = defaultdict(lambda: [0] * len(COUNTED))
    criteria: dict[int, Criterion] = {}
    for cells in several:
        for cell in cells:
            criteria[cell.criterion.pk] = cell.criterion
            total = totals[cell.criterion.pk]
            for at, name in enumerate(COUNTED):
                total[at] += getattr(cell, name)
    ordered = sorted(criteria.values(), key=lambda criterion: criterion.position)
    return [Cell(criterion, *totals[criterion.pk]) for criterion in ordered]


def most_blocking(cells: Iterable[Cell], limit: int = 3) -> list[Cell]:
    """Return the criteria that most communes do not meet, the worst first."""
    held_back = [cell for cell in cells if cell.not_met]
    return sorted(held_back, key=lambda cell: (-cell.not_met, cell.criterion.position))[:limit]


def most_undetermined(cells: Iterable[Cell]) -> list[Cell]:
    """Return the criteria that could not be judged in some commune, the most frequent first."""
    unjudged = [cell for cell in cells if cell.undetermined]
    return sorted(unjudged, key=lambda cell: (-cell.undetermined, cell.criterion.position))


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion and the verdict of one commune on it."""

    code: str
    verdict: str


def not_met(judged: Iterable[Judged]) -> tuple[str, ...]:
    """Return the criteria that a commune does not meet, in the order they come."""
    return tuple(item.code for item in judged if item.verdict == VerdictChoice.NOT_MET)


def verdicts(
    codes: Iterable[str], round_: ReportingRound | None
) -> Mapping[str, tuple[Judged, ...]]:
    """Return by commune code its verdicts as reported, in the order of the law."""
    return {code: found.verdicts for code, found in assessed(codes, round_).items()}


@dataclass(frozen=True, slots=True)
class Assessed:
    """How far the assessment of a commune has come, and its verdicts as reported."""

    status: str
    verdicts: tuple[Judged, ...]


def assessed(codes: Iterable[str], round_: ReportingRound | None) -> Mapping[str, Assessed]:
    """Return by commune code how it was assessed; one query."""
    rows = (
        Outcome.objects.filter(
            assessment__unit__code__in=codes,
            assessment__round=round_,
            assessment__criteria_set__standard=CriteriaSet.Standard.NTM,
            basis=Basis.REPORTED,
        )
        .order_by("verdicts__criterion__position")
        .values_list(
            "assessment__unit__code",
            "assessment__status",
            "verdicts__criterion__code",
            "verdicts__verdict",
        )
    )
    found: dict[str, list[Judged]] = defaultdict(list)
    statuses: dict[str, str] = {}
    for unit_code, status, criterion_code, verdict in rows:
        statuses[unit_code] = status
        if verdict is not None:
            found[unit_code].append(Judged(criterion_code, verdict))
    return {code: Assessed(status, tuple(found[code])) for code, status in statuses.items()}


def blocking_codes(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return the codes of the criteria not met, the one that blocks most first."""
    return tuple(cell.criterion.code for cell in most_blocking(cells))
