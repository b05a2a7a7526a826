"""What a workbook of the portal knows of itself, on a sheet that Excel does not show.

It says what the workbook was made from and, for each cell, a stamp of what stood there. Rows and
columns are known by keys, so the officer may sort her sheet and leave out what she likes. It is
no proof of anything: whoever sends a workbook may do no more than her account may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ntm_portal.lib.workbooks.reading import Book

SHEET = "_ntm"
MARK, VERSION = "ntm-portal", "1"
_END, _BETWEEN = "--", "|"  # stamps of a row share a cell: a cell each takes longer to write
Stamps = Mapping[str, Mapping[str, str]]  # by row key, then by column key


@dataclass(frozen=True, slots=True)
class Identity:
    """The kind of workbook, facts about what it was made from, and the stamps of its cells."""

    kind: str
    facts: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    stamps: Stamps = field(default_factory=dict)

    def lines(self) -> list[list[str]]:
        """Return it as lines of texts."""
        return [
            [MARK, VERSION, self.kind],
            *([name, fact] for name, fact in self.facts.items()),
            [_END],
            ["", _BETWEEN.join(self.columns)],
            *(
                [row, _BETWEEN.join(stamps.get(column, "") for column in self.columns)]
                for row, stamps in self.stamps.items()
            ),
        ]


def identity_of(book: Book) -> Identity | None:
    """Return the identity of a workbook; nothing when it is somebody's own."""
    sheet = book.sheet(SHEET)
    if sheet is None or sheet.text(1, 1) != MARK:
        return None
    lines = [[str(value) for value in row] for row in sheet.rows]
    end = next((at for at, line in enumerate(lines) if line[0] == _END), len(lines))
    below = [(line[0], line[1].split(_BETWEEN)) for line in lines[end + 1 :]]
    columns = tuple(below[0][1]) if below else ()
    return Identity(
        kind=lines[0][2] if len(lines[0]) > 2 else "",
        facts={line[0]: line[1] for line in lines[1:end] if len(line) > 1},
        columns=tuple(filter(None, columns)),
        stamps={row: dict(zip(columns, stamps, strict=False)) for row, stamps in below[1:]},
    )
