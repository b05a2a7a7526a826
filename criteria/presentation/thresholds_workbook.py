"""The table of thresholds as an Excel workbook, headings in the reader's language."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from criteria.presentation.wording import NOTHING
from criteria.remarks import remark_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.cell.cell import Cell

    from criteria.presentation.thresholds import LevelLine, Row, Table

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Sheet = Any  # a write-only sheet has more than its types say
Value = Any  # texts, numbers and days, as openpyxl takes them


def workbook_of(table: Table) -> bytes:
    """Return the table on one sheet, and every threshold with its source on another."""
    book = Workbook(write_only=True)
    _fill(
        book.create_sheet(pgettext("sheet", "Table")),
        [_("Indicator"), _("Official text"), _("Unit"), _("Comparison"), *table.columns],
        map(_row, table.rows),
        [10, 60, 16, 12, *[18] * len(table.columns)],
    )
    _fill(
        book.create_sheet(pgettext("sheet", "Sources")),
        [
            _("Indicator"),
            _("For whom"),
            _("Level"),
            _("How sure"),
            _("Legal basis"),
            _("Source"),
            _("Valid from"),
            _("Demonstration data"),
        ],
        (_line(row, line) for row in table.rows for line in row.lines),
        [10, 30, 18, 24, 50, 60, 14, 18],
    )
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _row(row: Row) -> list[Value]:
    measure = row.measure
    about = [measure.code, measure.name, row.unit, str(measure.get_comparator_display())]
    return [*about, *(_level(row, lines) for lines in row.cells)]


def _level(row: Row, lines: Sequence[LevelLine]) -> Value:
    """Return a single level as a number, so that it can be reckoned with; else its words."""
    if not lines:
        return NOTHING
    if len(lines) == 1 and row.measure.kind != "yes_no":
        value = lines[0].threshold.value
        return lines[0].asks if value is None else value
    return "; ".join(line.asks for line in lines)


def _line(row: Row, line: LevelLine) -> list[Value]:
    threshold = line.threshold
    return [
        row.measure.code,
        line.origin,
        line.asks if threshold.value is None or row.measure.kind == "yes_no" else threshold.value,
        str(threshold.get_confidence_display()),
        threshold.legal_ref,
        remark_in_words(threshold.source),
        threshold.valid_from,
        _("yes") if threshold.is_demonstration else "",
    ]


def _fill(
    sheet: Sheet,
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    widths: Sequence[int],
) -> None:
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "B2"
    sheet.append([_cell(sheet, text, is_heading=True) for text in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Sheet, value: Value, *, is_heading: bool = False) -> Cell:
    """Return a cell; a text stays one, even if it begins as a formula does."""
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_heading:
        cell.font = Font(bold=True)
    return cell
