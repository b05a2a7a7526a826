"""What is wrong with a workbook: one sentence for the whole of it, or one for each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class WorkbookRefused(DomainError):  # noqa: N818  (a refusal, not an error)
    """Say why a file cannot be read at all; `code` tells machines which of the reasons it is."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence about one place in a workbook; rows and columns count from one, 0 is none.

    A notice says what was made of a cell that can be read in two ways; it hinders nothing.
    """

    sentence: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    is_notice: bool = False

    @property
    def cell(self) -> str:
        """Return the name of the cell as Excel writes it: "C12"; a row alone is "12"."""
        letters = get_column_letter(self.column) if self.column else ""
        return f"{letters}{self.row or ''}"

    @property
    def place(self) -> str:
        """Return sheet, row and column in words."""
        words = {
            "sheet": self.sheet,
            "row": self.row,
            "column": get_column_letter(self.column) if self.column else "",
        }
        if self.row and self.column:
            return _("Sheet “%(sheet)s”, row %(row)s, column %(column)s") % words
        if self.row:
            return _("Sheet “%(sheet)s”, row %(row)s") % words
        if self.column:
            return _("Sheet “%(sheet)s”, column %(column)s") % words
        return _("Sheet “%(sheet)s”") % words if self.sheet else _("The whole file")


class CellFault(ValueError):  # noqa: N818  (it reads as the sentence it carries)
    """Say why the content of one cell is not what is asked for there."""

    def __init__(self, sentence: str | _StrPromise) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
