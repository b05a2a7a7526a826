"""The report as Excel: every table whole, on a sheet of its own, its numbers as numbers."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from ntm_portal.lib.packages import settled
from ntm_portal.lib.workbooks import CONTENT_TYPE
from programme.reports.document import Heading, Items, Paragraph
from programme.reports.writing.form import place_and_day, words
from programme.reports.writing.paper import png_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from programme.reports.document import Cell, Document, Table

__all__ = ["CONTENT_TYPE", "xlsx_of"]
_FONT = "Times New Roman"
_HEAD = PatternFill("solid", fgColor="E4EDE8")
_SIDE = Side(style="thin", color="8A918C")
_LINE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
_PIXELS_A_MM = 3.78
_TEXT_WIDTH = 110


def xlsx_of(document: Document) -> bytes:
    """Return the report as .xlsx, the same bytes each time."""
    book = Workbook()
    book.properties.title = f"{document.title}: {document.subject}"
    book.properties.creator = document.letterhead.authority
    first = book.worksheets[0]
    first.title = _title(_("Report"))
    _text_sheet(first, document)
    taken = {first.title}
    for table in document.tables:
        _table_sheet(book.create_sheet(_free(table.caption, taken)), table, document)
    for picture in document.pictures:
        sheet = book.create_sheet(_free(picture.caption, taken))
        sheet["A1"] = picture.caption
        sheet["A1"].font = Font(name=_FONT, bold=True)
        drawn = Image(BytesIO(png_of(picture.svg, picture.width_mm, ppi=150)))
        ratio = drawn.height / drawn.width
        drawn.width = round(picture.width_mm * _PIXELS_A_MM)
        drawn.height = round(drawn.width * ratio)
        sheet.add_image(drawn, "A3")
    written = BytesIO()
    book.save(written)
    return settled(written.getvalue(), document.reference_day)


def _text_sheet(sheet: Worksheet, document: Document) -> None:
    sheet.column_dimensions["A"].width = _TEXT_WIDTH
    _on_paper(sheet, "portrait")
    for text, is_bold in _lines(document):
        sheet.append([text])
        cell = sheet.cell(sheet.max_row, 1)
        cell.data_type = "s"
        cell.font, cell.alignment = Font(name=_FONT, size=13, bold=is_bold), _WRAPPED


def _lines(document: Document) -> Iterator[tuple[str, bool]]:
    head, said = document.letterhead, words()
    yield from ((said["country"].upper(), True), (said["motto"], True))
    yield from ((head.superior.upper(), False), (head.authority.upper(), True))
    yield f"{said['number']} {head.number}", False
    yield place_and_day(head.place, head.signed_on), False
    if document.warning:
        yield document.warning, True
    yield from ((document.title, True), (document.subject, True))
    for block in document.blocks:
        match block:
            case Heading(text):
                yield text, True
            case Paragraph(text):
                yield text, False
            case Items(items, is_numbered):
                for at, item in enumerate(items, 1):
                    yield (f"{at}. {item}" if is_numbered else f"- {item}"), False
    yield from ((document.signature.office.upper(), True), (document.signature.name, True))
    yield f"{document.origin} SHA-256: {document.digest}", False


def _table_sheet(sheet: Worksheet, table: Table, document: Document) -> None:
    sheet.append([table.caption])
    sheet["A1"].font = Font(name=_FONT, bold=True, size=13)
    sheet.append([document.subject])
    sheet.append([])
    sheet.append([column.label for column in table.columns])
    top = sheet.max_row
    for at, column in enumerate(table.columns, 1):
        cell = sheet.cell(top, at)
        cell.font, cell.fill = Font(name=_FONT, bold=True), _HEAD
        cell.alignment, cell.border = _CENTRED, _LINE
        sheet.column_dimensions[get_column_letter(at)].width = 8 + column.width * 0.6
    for at, row in enumerate(table.rows):
        sheet.append([_value(cell) for cell in row])
        is_bold = at < table.strong
        for cell, said in zip(sheet[sheet.max_row], row, strict=True):
            _dress(cell, said, is_bold=is_bold)
    sheet.freeze_panes = f"B{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    _on_paper(sheet, "landscape")


def _on_paper(sheet: Worksheet, orientation: Literal["portrait", "landscape"]) -> None:
    """Print on A4, as wide as the page and as long as it takes."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, orientation
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _value(cell: Cell) -> str | float | int:
    """Return what Excel counts with: shares in per cent, as they are read, not as fractions."""
    if cell.number is None:
        return cell.text
    return round(float(cell.number), 4) if cell.places else int(cell.number)


def _dress(cell: SheetCell | MergedCell, said: Cell, *, is_bold: bool) -> None:
    cell.font, cell.border = Font(name=_FONT, bold=is_bold), _LINE
    if said.number is None:
        cell.data_type = "s"  # a text stays one, even if it begins as a formula does
        return
    digits = "." + "0" * said.places if said.places else ""
    is_share = said.text.endswith("%")
    cell.number_format = f'#,##0{digits}" %"' if is_share else f"#,##0{digits}"


def _free(caption: str, taken: set[str]) -> str:
    """Return a title that no sheet has yet."""
    title, at = _title(caption), 2
    while title in taken:
        title, at = f"{_title(caption)[:28]} {at}", at + 1
    taken.add(title)
    return title


def _title(text: str) -> str:
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in text)[:31]
