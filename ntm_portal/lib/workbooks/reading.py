"""A workbook read safely: values of every sheet, and what is odd about which cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import python_calamine
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from ntm_portal.lib.workbooks.faults import WorkbookRefused
from ntm_portal.lib.workbooks.package import MOST_BYTES, too_large, unpack
from ntm_portal.lib.workbooks.scanning import Scan, percent_styles, scan, sheet_members

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.base import File

Value = str | float | int | bool | date | datetime | time | timedelta
_Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell holds: a value ("" for nothing), and what is odd about it."""

    value: Value = ""
    error: str = ""
    is_not_computed: bool = False
    is_percentage: bool = False
    merged_into: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands in it, not even something that went wrong."""
        blank = isinstance(self.value, str) and not self.value.strip()
        return blank and not (self.error or self.is_not_computed)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as a block of values from A1 on; rows and columns count from one."""

    name: str
    is_hidden: bool
    rows: Sequence[Sequence[Value]]
    scanned: Scan
    merged: Sequence[_Range] = ()

    def cell(self, row: int, column: int) -> Cell:
        """Return what stands there; beyond the block nothing does."""
        inside = 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1])
        key = row, column
        return Cell(
            value=self.rows[row - 1][column - 1] if inside else "",
            error=self.scanned.errors.get(key, ""),
            is_not_computed=key in self.scanned.not_computed,
            is_percentage=key in self.scanned.percentages,
            merged_into=self._merged_into(row, column) if self.merged else "",
        )

    def text(self, row: int, column: int) -> str:
        """Return the content as a text without spaces around it; a whole number has no point."""
        value = self.cell(row, column).value
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return " ".join(str(value).split())

    @property
    def width(self) -> int:
        """Return how many columns the block has."""
        return max(map(len, self.rows), default=0)

    def _merged_into(self, row: int, column: int) -> str:
        for (top, left), (bottom, right) in self.merged:
            if top < row <= bottom + 1 and left < column <= right + 1:
                first, last = get_column_letter(left + 1), get_column_letter(right + 1)
                return f"{first}{top + 1}:{last}{bottom + 1}"
        return ""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook with its sheets in order, the hidden ones too, and the bytes it was read from."""

    sheets: tuple[Sheet, ...]
    content: bytes

    @property
    def visible(self) -> tuple[Sheet, ...]:
        """Return the sheets that people see."""
        return tuple(sheet for sheet in self.sheets if not sheet.is_hidden)

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def content_of(upload: File[bytes]) -> bytes:
    """Return the bytes of an upload, reading no more of it than is taken."""
    upload.seek(0)
    content: bytes = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise WorkbookRefused(too_large(), code="too-large")
    return content


def read_workbook(content: bytes) -> Book:
    """Read every sheet; raise `WorkbookRefused` with its sentence when the file is not safe."""
    members = unpack(content)
    styles = percent_styles(members)
    scans = {name: scan(xml, styles) for name, xml in sheet_members(members).items()}
    try:
        with python_calamine.load_workbook(BytesIO(content)) as book:
            return Book(tuple(_sheets(book, scans)), content)
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        sentence = _("The file is damaged: it cannot be read. Save it anew and send it again.")
        raise WorkbookRefused(sentence, code="damaged") from error


def _sheets(book: python_calamine.CalamineWorkbook, scans: dict[str, Scan]) -> list[Sheet]:
    found = []
    for about in book.sheets_metadata:
        if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        found.append(
            Sheet(
                name=about.name,
                is_hidden=about.visible is not python_calamine.SheetVisibleEnum.Visible,
                rows=sheet.to_python(skip_empty_area=False),
                scanned=scans.get(about.name, Scan()),
                merged=sheet.merged_cell_ranges or (),
            )
        )
    return found
