"""The page of a grid: its rows and columns, its tabs, and what each row may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator

from criteria.excel.selection import measures_of
from criteria.grid.cells import Cells, GridCell
from criteria.models import Criterion
from criteria.presentation.late import owes_reason
from criteria.presentation.wording import unit_text
from criteria.services.checks import check_typing
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.paginator import Page

    from criteria.grid.cells import Answer
    from criteria.models import Assessment, CriteriaSet, Measure, ReportingRound
    from criteria.querysets import AssessmentQuerySet
    from ntm_portal.accounts.models import User

PER_PAGE = 400


@dataclass(frozen=True, slots=True)
class GridRow:
    """One commune; `closed` says why nothing can be typed in it, empty where it can."""

    assessment: Assessment
    cells: tuple[GridCell, ...]
    stamps: str
    closed: str


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One indicator, with its unit."""

    measure: Measure

    @property
    def unit(self) -> str:
        """Return the unit in the reader's language."""
        return unit_text(self.measure)


@dataclass(frozen=True, slots=True)
class Grid:
    """Everything the page shows, for one reader."""

    round: ReportingRound
    criteria_set: CriteriaSet
    criteria: tuple[Criterion, ...]
    criterion: Criterion
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    page: Page[Assessment]
    name: str
    owes_reason: bool  # for entering late

    @property
    def may_type(self) -> bool:
        """Tell whether something can be typed at all."""
        return any(not row.closed for row in self.rows)

    @property
    def refused(self) -> tuple[tuple[GridRow, GridColumn, GridCell], ...]:
        """Return the cells that could not be saved, with their rows and columns."""
        return tuple(
            (row, column, cell)
            for row in self.rows
            for column, cell in zip(self.columns, row.cells, strict=True)
            if cell.answer
        )


def load_grid(
    round_: ReportingRound,
    criteria_set: CriteriaSet,
    rows: AssessmentQuerySet,
    *,
    reader: User,
    asked: Mapping[str, str],
    answers: Mapping[tuple[int, str], Answer] | None = None,
) -> Grid:
    """Load the grid of one criterion: the first, or the one that is asked for."""
    criteria = tuple(Criterion.objects.filter(criteria_set=criteria_set))
    wanted = asked.get("criterion", "")
    criterion = next((item for item in criteria if item.code == wanted), criteria[0])
    measures = measures_of(criteria_set, round_, [criterion.code])
    listed = rows.filter(criteria_set=criteria_set).select_related("unit__parent")
    page = Paginator(listed.order_by("unit__path"), PER_PAGE).get_page(asked.get("page"))
    for item in page.object_list:
        item.round, item.criteria_set = round_, criteria_set
    cells = Cells.load(page.object_list, measures, answers)
    rows_shown = tuple(
        GridRow(item, cells.row(item), cells.stamps(item), objection(item, reader))
        for item in page.object_list
    )
    return Grid(
        round=round_,
        criteria_set=criteria_set,
        criteria=criteria,
        criterion=criterion,
        columns=tuple(map(GridColumn, measures)),
        rows=rows_shown,
        page=page,
        name=asked.get("q", ""),
        owes_reason=owes_reason((row.assessment for row in rows_shown if not row.closed), reader),
    )


def objection(assessment: Assessment, reader: User) -> str:
    """Say why she may type nothing in the assessment; nothing where she may."""
    try:
        check_typing(assessment, reader)
    except DomainError as refusal:
        return str(refusal)
    return ""
