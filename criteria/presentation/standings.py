"""How each commune of a list stands: typed, met, changed since the round before, whose turn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.models import CriterionVerdict, Outcome, ReportingRound
from criteria.models.assessments import Basis
from criteria.quality.counting import counted_warnings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from criteria.models import Assessment
    from criteria.presentation.people import NextPerson


@dataclass(frozen=True, slots=True)
class Cell:
    """One criterion of a strip."""

    verdict: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the list."""

    assessment: Assessment
    outcome: Outcome | None
    cells: tuple[Cell, ...]
    met_before: int | None
    next_person: str
    warnings: int = 0  # what is odd about its values

    @property
    def change(self) -> int | None:
        """Return how many criteria more are met than in the round before."""
        if self.outcome is None or self.met_before is None:
            return None
        return self.outcome.criteria_met - self.met_before

    @property
    def is_untouched(self) -> bool:
        """Tell whether nobody has typed anything yet."""
        return self.assessment.status == "draft" and self.assessment.version == 0


def load_standings(
    round_: ReportingRound, assessments: Iterable[Assessment], people: NextPerson
) -> tuple[Standing, ...]:
    """Load the lines of a list; five queries, however long it is."""
    assessments = list(assessments)
    outcomes = outcomes_of(assessments)
    cells = _cells_of(outcomes)
    odd = counted_warnings(round_, assessments)
    before = _met_before(round_, [item.unit_id for item in assessments])
    return tuple(
        Standing(
            assessment=item,
            outcome=outcomes.get(item.pk),
            cells=tuple(cells[item.pk]),
            met_before=before.get(item.unit_id),
            next_person=people.name_for(item),
            warnings=odd[item.pk],
        )
        for item in assessments
    )


def outcomes_of(assessments: Iterable[Assessment]) -> dict[int, Outcome]:
    """Return what each assessment comes to as reported, by its id."""
    found = Outcome.objects.filter(
        basis=Basis.REPORTED, assessment__in=[item.pk for item in assessments]
    )
    return {outcome.assessment_id: outcome for outcome in found}


def _cells_of(outcomes: Mapping[int, Outcome]) -> Mapping[int, list[Cell]]:
    cells: defaultdict[int, list[Cell]] = defaultdict(list)
    verdicts = CriterionVerdict.objects.filter(
        outcome__in=[outcome.pk for outcome in outcomes.values()]
    ).order_by("outcome", "criterion__position")
    for pk, verdict in verdicts.values_list("outcome__assessment", "verdict"):
        cells[pk].append(Cell(verdict))
    return cells


def _met_before(round_: ReportingRound, unit_ids: list[int]) -> dict[int, int]:
    before = ReportingRound.objects.before(round_.reference_date)
    found = Outcome.objects.filter(
        basis=Basis.REPORTED, assessment__round=before, assessment__unit__in=unit_ids
    )
    return dict(found.values_list("assessment__unit_id", "criteria_met"))
