"""How many communes of a place stand where on each criterion, and what holds back most."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.models import CriteriaSet, CriterionVerdict
from criteria.models.assessments import Basis, VerdictChoice
from programme.dashboard.figures import share
from programme.models import CriterionTally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from criteria.models import Criterion, ReportingRound


# From the bottom up.
DRAWN = (
    VerdictChoice.MET,
    VerdictChoice.UNDETERMINED,
    VerdictChoice.MISSING,
    VerdictChoice.NOT_MET,
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a bar of 100: where it begins, from the top, and how high it is."""

    verdict: str
    y: int
    height: int


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
    rows = CriterionTally.objects.filter(
        unit__code=code, round=round_, basis=Basis.REPORTED
    ).select_related("criterion")
    return [
        Cell(row.criterion, row.met, row.not_met, row.missing, row.undetermined, row.not_applicable)
        for row in rows.order_by("criterion__position")
    ]


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
    rows = (
        CriterionVerdict.objects.filter(
            outcome__assessment__unit__code__in=codes,
            outcome__assessment__round=round_,
            outcome__assessment__criteria_set__standard=CriteriaSet.Standard.NTM,
            outcome__basis=Basis.REPORTED,
        )
        .order_by("criterion__position")
        .values_list("outcome__assessment__unit__code", "criterion__code", "verdict")
    )
    found: dict[str, list[Judged]] = defaultdict(list)
    for unit_code, criterion_code, verdict in rows:
        found[unit_code].append(Judged(criterion_code, verdict))
    return {unit_code: tuple(judged) for unit_code, judged in found.items()}


def blocking_codes(
    codes: Iterable[str], round_: ReportingRound | None
) -> Mapping[str, tuple[str, ...]]:
    """Return by area code the codes of the criteria not met, the one that blocks most first."""
    rows = (
        CriterionTally.objects.filter(
            unit__code__in=codes, round=round_, basis=Basis.REPORTED, not_met__gt=0
        )
        .order_by("-not_met", "criterion__position")
        .values_list("unit__code", "criterion__code")
    )
    found: dict[str, list[str]] = defaultdict(list)
    for unit_code, criterion_code in rows:
        found[unit_code].append(criterion_code)
    return {unit_code: tuple(criteria) for unit_code, criteria in found.items()}
