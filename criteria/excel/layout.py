"""Where in a sheet the communes and the indicators stand: known, remembered or asked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from criteria.excel.writing import code_heading
from ntm_portal.lib.text import fold
from ntm_portal.lib.workbooks import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ntm_portal.lib.workbooks import Book, Sheet

MOST_HEADER_ROWS, FEWEST_HEADINGS = 12, 2
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheet, the row under which the communes stand, their column, and those of measures."""

    sheet: str
    header_row: int
    unit_column: int
    columns: Mapping[int, str]  # measure code by column
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of somebody's own sheet, by column, and their signature."""

    sheet: str
    row: int
    headings: Mapping[int, str] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """Return what a sheet with the same headings has in common with this one."""
        text = "\n".join(f"{column}\t{fold(words)}" for column, words in self.headings.items())
        return hashlib.sha256(text.encode()).hexdigest()


def layout_of(book: Book, codes: Iterable[str]) -> Layout | None:
    """Return where things stand in a workbook with the portal's own headings, else nothing."""
    known = set(codes)
    for sheet in book.visible:
        for row in range(1, min(len(sheet.rows), MOST_HEADER_ROWS) + 1):
            texts = {column: sheet.text(row, column) for column in range(1, sheet.width + 1)}
            unit = next((at for at, text in texts.items() if text in _code_headings()), 0)
            columns = {column: text for column, text in texts.items() if text in known}
            if unit and columns:
                faults = tuple(_twice(sheet.name, row, columns))
                # The portal writes the names of the indicators under their codes.
                is_deep = bool(sheet.text(row + 1, min(columns))) and not sheet.text(row + 1, unit)
                return Layout(sheet.name, row + is_deep, unit, columns, faults)
    return None


def header_of(book: Book) -> Header | None:
    """Return the headings of somebody's own sheet: the first row of the first one with several."""
    for sheet in book.visible:
        for row in range(1, min(len(sheet.rows), MOST_HEADER_ROWS) + 1):
            texts = {column: sheet.text(row, column) for column in range(1, sheet.width + 1)}
            headings = {column: text for column, text in texts.items() if text}
            if len(headings) >= FEWEST_HEADINGS and not _is_data(sheet, row, headings):
                return Header(sheet.name, row, headings)
    return None


def _is_data(sheet: Sheet, row: int, headings: Iterable[int]) -> bool:
    """Tell whether most of a row are numbers, as headings never are."""
    values = [sheet.cell(row, column).value for column in headings]
    return sum(isinstance(value, int | float) for value in values) * 2 > len(values)


def _code_headings() -> set[str]:
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            found.add(code_heading())
    return found


def _twice(sheet: str, row: int, columns: Mapping[int, str]) -> Iterable[Fault]:
    seen: set[str] = set()
    for column, code in columns.items():
        if code in seen:
            sentence = _("Indicator %(code)s has two columns. Delete one of them.")
            yield Fault(sentence % {"code": code}, sheet, row, column)
        seen.add(code)
