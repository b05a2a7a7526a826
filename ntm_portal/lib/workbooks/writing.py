"""Workbooks to fill in: headings that are locked and stay, choices to pick, numbers as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ntm_portal.lib.workbooks.identity import SHEET, Identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.cell.cell import Cell

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Written = str | Decimal | int | date | None
_WriteOnlySheet = Any  # a write-only sheet has more than its types say
_HEADING = PatternFill("solid", fgColor="E4EDE8")
_LOCKED = PatternFill("solid", fgColor="F3F1EA")
_BOLD, _OPEN = Font(bold=True), Protection(locked=False)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_SPARE_ROWS = 200  # a register may grow by these; what is locked ends with the last row


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its headings from the top down, what may stand in it, how wide it is."""

    headings: tuple[str, ...]
    width: float = 12
    is_locked: bool = False
    number_format: str = "General"
    choices: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with a table; without an open column all of it is only to be read."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Written]]
    frozen_columns: int = 1
    takes_new_rows: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether something in it is to be filled in."""
        return any(not column.is_locked for column in self.columns)


def write_workbook(tables: Iterable[Table], identity: Identity | None = None) -> bytes:
    """Return the tables as an .xlsx, a sheet each, with its identity out of sight."""
    book = Workbook(write_only=True)
    for table in tables:
        _write(book.create_sheet(_title(table.title)), table)
    if identity is not None:
        hidden = book.create_sheet(SHEET)
        hidden.sheet_state = "veryHidden"
        for line in identity.lines():
            hidden.append(line)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _write(sheet: _WriteOnlySheet, table: Table) -> None:
    depth = max(len(column.headings) for column in table.columns)
    for index, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.freeze_panes = f"{get_column_letter(table.frozen_columns + 1)}{depth + 1}"
    for level in range(depth):
        sheet.append([_heading(sheet, column, level) for column in table.columns])
    count = depth
    # A row is written as it is appended, so that one cell a column serves all rows: to style
    # each anew takes ten times as long.
    cells = [_cell(sheet, column) for column in table.columns]
    blank = repeat([None] * len(cells), _SPARE_ROWS if table.takes_new_rows else 0)
    for row in chain(table.rows, blank):
        count += 1
        for cell, value in zip(cells, row, strict=True):
            _fill(cell, value)
        sheet.append(cells)
    for index, column in enumerate(table.columns, 1):
        if (asked := _asked(column)) and count > depth:
            letter = get_column_letter(index)
            asked.add(f"{letter}{depth + 1}:{letter}{count}")
            sheet.data_validations.append(asked)
    if table.is_open:
        _protect(sheet)


def _heading(sheet: _WriteOnlySheet, column: Column, level: int) -> Cell:
    text = column.headings[level] if level < len(column.headings) else ""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.font, cell.fill, cell.alignment = _BOLD, _HEADING, _WRAPPED
    return cell


def _cell(sheet: _WriteOnlySheet, column: Column) -> Cell:
    cell = WriteOnlyCell(sheet)
    if column.is_locked:
        cell.fill = _LOCKED
    else:
        cell.protection, cell.number_format = _OPEN, column.number_format
    return cell


def _fill(cell: Cell, value: Written) -> None:
    """Give the cell a value; a text stays one, even if it begins as a formula does."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def _asked(column: Column) -> DataValidation | None:
    """Return what Excel shall say while somebody types something else."""
    if column.is_locked:
        return None
    if column.choices:
        asked = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"')
        words = {"choices": " / ".join(column.choices)}
        asked.error = _("Choose one of: %(choices)s.") % words
    elif column.least is not None and column.most is not None:
        asked = DataValidation(
            type="decimal",
            operator="between",
            formula1=str(column.least),
            formula2=str(column.most),
        )
        words = {"least": str(column.least), "most": str(column.most)}
        asked.error = _("Type a number from %(least)s to %(most)s.") % words
    elif column.least is not None:
        asked = DataValidation(
            type="decimal", operator="greaterThanOrEqual", formula1=str(column.least)
        )
        asked.error = _("Type a number, %(least)s or more.") % {"least": column.least}
    else:
        return None
    asked.showErrorMessage = True
    return asked


def _protect(sheet: _WriteOnlySheet) -> None:
    """Lock the headings without a password: she can still sort, filter and widen columns."""
    sheet.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)  # False: not protected


def _title(text: str) -> str:
    """Return the title without what Excel refuses in one."""
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in text)[:31]
