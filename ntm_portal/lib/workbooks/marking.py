"""The same workbook given back, with the cells that are wrong marked and listed on one sheet."""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.workbook import Workbook

    from ntm_portal.lib.workbooks.faults import Fault

FAULT_COLOUR, NOTICE_COLOUR = "F9C9B6", "FBEBB4"
_AUTHOR = "NTM"
_MOST_COMMENTED = 2000  # Excel grows slow with more; the list holds all


def mark(content: bytes, faults: Iterable[Fault]) -> bytes:
    """Return the workbook with each fault as a colour and a comment, and all of them as a list.

    The content has been read before: what is not a safe workbook never comes here.
    """
    found = list(faults)
    book = load_workbook(BytesIO(content))
    for (sheet, row, column), sentences in _by_cell(found).items():
        if sheet not in book.sheetnames:
            continue
        cell = book[sheet].cell(row, column)
        if cell.__class__.__name__ == "MergedCell":
            continue
        is_wrong = any(not item.is_notice for item in sentences)
        cell.fill = PatternFill("solid", fgColor=FAULT_COLOUR if is_wrong else NOTICE_COLOUR)
        cell.comment = Comment("\n".join(item.sentence for item in sentences), _AUTHOR, 140, 320)
    _list(book, found)
    marked = BytesIO()
    book.save(marked)
    return marked.getvalue()


def _by_cell(faults: Iterable[Fault]) -> dict[tuple[str, int, int], list[Fault]]:
    found: defaultdict[tuple[str, int, int], list[Fault]] = defaultdict(list)
    for fault in faults:
        if fault.sheet and (fault.row or fault.column) and len(found) < _MOST_COMMENTED:
            found[fault.sheet, fault.row or 1, fault.column or 1].append(fault)
    return found


def _list(book: Workbook, faults: list[Fault]) -> None:
    title = pgettext("sheet", "Faults")
    if title in book.sheetnames:
        del book[title]
    sheet = book.create_sheet(title, 0)
    sheet.append([_("Sheet"), _("Cell"), _("What is wrong")])
    for index, width in enumerate((24, 10, 110)):
        sheet.column_dimensions["ABC"[index]].width = width
        sheet.cell(1, index + 1).font = Font(bold=True)
    for fault in faults:
        sheet.append([fault.sheet, fault.cell, ""])
        row = sheet.max_row
        sentence = sheet.cell(row, 3, fault.sentence)
        sentence.data_type = "s"
        name = sheet.cell(row, 1)
        name.data_type = "s"
        if fault.row and fault.column:
            escaped = fault.sheet.replace("'", "''")
            sheet.cell(row, 2).hyperlink = f"#'{escaped}'!{fault.cell}"
    sheet.freeze_panes = "A2"
    book.active = 0
