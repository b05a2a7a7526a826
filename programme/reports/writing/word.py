"""The report as Word, to be gone on with: the same parts, in Times New Roman as the form asks."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ntm_portal.lib.packages import settled
from programme.reports.document import Heading, Items, Paragraph, Picture, Table
from programme.reports.writing.form import place_and_day, words
from programme.reports.writing.paper import png_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as WordDocument
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

    from programme.reports.document import Block, Cell, Document

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
CENTRE, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
TEXT, IN_TABLE = 13, 10
_INDENT = Mm(10)


def docx_of(document: Document) -> bytes:
    """Return the report as .docx, the same bytes each time."""
    book = docx.Document()
    _prepare(book, document)
    _head(book, document)
    for block in document.blocks:
        _write(book, block)
    _foot(book, document)
    if document.annex:
        book.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for block in document.annex:
            _write(book, block)
    _last_line(book, document)
    written = BytesIO()
    book.save(written)
    return settled(written.getvalue(), document.reference_day)


def _prepare(book: WordDocument, document: Document) -> None:
    section = book.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    section.different_first_page_header_footer = True
    _number_pages(section.header.paragraphs[0])
    style: Any = book.styles["Normal"]  # a paragraph style; the stubs know only styles at large
    style.font.name, style.font.size = FONT, Pt(TEXT)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(6)
    properties = book.core_properties
    properties.title = f"{document.title}: {document.subject}"
    properties.author = properties.last_modified_by = document.letterhead.authority
    properties.language = document.language
    properties.comments = f"SHA-256: {document.digest}"


def _number_pages(paragraph: WordParagraph) -> None:
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001  (python-docx has no other way to a field)


def _head(book: WordDocument, document: Document) -> None:
    head, said = document.letterhead, words()
    grid = book.add_table(rows=2, cols=2)
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = grid.rows[0].cells
    _lines(left, (head.superior.upper(), False, 12), (head.authority.upper(), True, 12))
    _lines(right, (said["country"].upper(), True, 12), (said["motto"], True, 13))
    _underline(right.paragraphs[-1])
    left, right = grid.rows[1].cells
    _lines(left, (f"{said['number']} {head.number}", False, 13))
    _lines(right, (place_and_day(head.place, head.signed_on), False, 13))
    right.paragraphs[0].runs[0].italic = True
    if document.warning:
        _centred(book, document.warning, 11).runs[0].italic = True
    _centred(book, document.title, 14, is_bold=True).paragraph_format.space_before = Pt(12)
    _centred(book, document.subject, 14, is_bold=True).paragraph_format.space_after = Pt(12)


def _lines(cell: _Cell, *lines: tuple[str, bool, int]) -> None:
    for at, (text, is_bold, size) in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.font.size = is_bold, Pt(size)


def _underline(paragraph: WordParagraph) -> None:
    for run in paragraph.runs:
        run.underline = True


def _centred(book: WordDocument, text: str, size: int, *, is_bold: bool = False) -> WordParagraph:
    paragraph = book.add_paragraph()
    paragraph.alignment = CENTRE
    run = paragraph.add_run(text)
    run.bold, run.font.size = is_bold, Pt(size)
    return paragraph


def _write(book: WordDocument, block: Block) -> None:
    match block:
        case Heading(text):
            heading = book.add_heading(level=1)
            run = heading.add_run(text)
            run.bold, run.font.size, run.font.name = True, Pt(TEXT), FONT
            run.font.color.rgb = None
            run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), FONT)  # noqa: SLF001  (python-docx offers no other way)
        case Paragraph(text):
            _running(book, text)
        case Items(items, is_numbered):
            for at, item in enumerate(items, 1):
                _running(book, f"{at}. {item}" if is_numbered else f"- {item}")
        case Picture():
            _picture(book, block)
        case Table():
            _table(book, block)


def _running(book: WordDocument, text: str) -> None:
    paragraph = book.add_paragraph(text)
    paragraph.alignment = BOTH
    paragraph.paragraph_format.first_line_indent = _INDENT


def _picture(book: WordDocument, picture: Picture) -> None:
    content = BytesIO(png_of(picture.svg, picture.width_mm))
    shape = book.add_picture(content, width=Mm(picture.width_mm))
    shape._inline.docPr.set("descr", picture.words)  # noqa: SLF001  (the words for who cannot see)
    book.paragraphs[-1].alignment = CENTRE
    _centred(book, picture.caption, 11).runs[0].italic = True


def _table(book: WordDocument, table: Table) -> None:
    caption = book.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    caption.add_run(table.caption).bold = True
    rows = table.printed
    grid: Any = book.add_table(rows=len(rows) + 1, cols=len(table.columns))
    grid.style, grid.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    total = sum(column.width for column in table.columns)
    # Looking a cell up costs more the longer the table is; row by row it does not.
    for at, row in enumerate(grid.rows):
        said: Sequence[str] = (
            [column.label for column in table.columns] if at == 0 else _texts(rows[at - 1])
        )
        for cell, text, column in zip(row.cells, said, table.columns, strict=True):
            cell.width = Mm(162 * column.width / total)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(IN_TABLE), at <= table.strong
            if at == 0:
                paragraph.alignment = CENTRE
            elif column.is_number:
                paragraph.alignment = RIGHT
    _repeat(grid.rows[0])
    if table.note:
        book.add_paragraph(table.note).runs[0].italic = True


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row]


def _repeat(row: Any) -> None:  # a row: python-docx keeps its properties to itself
    """Let the head of a table stand on each page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  (python-docx offers no other way)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _foot(book: WordDocument, document: Document) -> None:
    foot = document.signature
    book.add_paragraph()
    left, right = book.add_table(rows=1, cols=2).rows[0].cells
    first = left.paragraphs[0].add_run(words()["recipients"])
    first.bold = first.italic = True
    first.font.size = Pt(12)
    for one in foot.recipients:
        paragraph = left.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(f"- {one}").font.size = Pt(11)
    _lines(right, (foot.office.upper(), True, 13), ("", False, 13), ("", False, 13))
    _lines_after(right, foot.name)


def _lines_after(cell: _Cell, name: str) -> None:
    paragraph = cell.add_paragraph()
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_before = Pt(36)
    paragraph.add_run(name).bold = True


def _last_line(book: WordDocument, document: Document) -> None:
    run = book.add_paragraph().add_run(f"{document.origin} SHA-256: {document.digest}")
    run.font.size = Pt(8)
