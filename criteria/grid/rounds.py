"""The grid of one commune: its indicators by its rounds; only what is open is typed into."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from criteria.grid.cells import Cells, GridCell
from criteria.grid.page import GridColumn, objection
from criteria.models import Assessment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from criteria.grid.cells import Answer
    from criteria.models import Measure
    from ntm_portal.accounts.models import User

MOST_ROUNDS = 8  # two years of quarters


class RoundColumn(NamedTuple):
    """A round in which the commune was assessed; `closed` says why it is only read."""

    assessment: Assessment
    stamps: str
    closed: str


class IndicatorRow(NamedTuple):
    """An indicator with its cell in each round."""

    column: GridColumn
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class RoundsGrid:
    """Everything the page shows, for one reader."""

    assessment: Assessment
    columns: tuple[RoundColumn, ...]
    rows: tuple[IndicatorRow, ...]

    @property
    def may_type(self) -> bool:
        """Tell whether something can be typed at all."""
        return any(not column.closed for column in self.columns)

    @property
    def refused(self) -> tuple[tuple[RoundColumn, GridColumn, GridCell], ...]:
        """Return the cells that could not be saved, with their rounds and indicators."""
        return tuple(
            (column, row.column, cell)
            for row in self.rows
            for column, cell in zip(self.columns, row.cells, strict=True)
            if cell.answer
        )


def load_rounds(
    assessment: Assessment,
    measures: Sequence[Measure],
    reader: User,
    answers: Mapping[tuple[int, str], Answer] | None = None,
) -> RoundsGrid:
    """Load the latest rounds of the commune by the same set, the earliest first."""
    same = Assessment.objects.filter(
        unit=assessment.unit_id, criteria_set=assessment.criteria_set_id
    ).within(reader.scope.read)
    latest = (
        same.for_page()
        .select_related("unit__region")
        .order_by("-round__reference_date")[:MOST_ROUNDS]
    )
    shown = list(reversed(latest))
    closed = {item.pk: _closed(item, reader) for item in shown}
    typed_into = [item for item in shown if not closed[item.pk]]
    cells = Cells.load(shown, measures, answers, judged=typed_into[-1:])
    by_round = [
        tuple(replace(cell, is_read=bool(closed[item.pk])) for cell in cells.row(item))
        for item in shown
    ]
    return RoundsGrid(
        assessment=assessment,
        columns=tuple(
            RoundColumn(item, "" if closed[item.pk] else cells.stamps(item), closed[item.pk])
            for item in shown
        ),
        rows=tuple(
            IndicatorRow(GridColumn(measure), found)
            for measure, found in zip(measures, zip(*by_round, strict=True), strict=True)
        ),
    )


def _closed(assessment: Assessment, reader: User) -> str:
    """Say why nothing is typed here: for what comes late there is the form, with its reason."""
    if not assessment.round.is_open:
        return str(assessment.round.get_status_display())
    return objection(assessment, reader)
