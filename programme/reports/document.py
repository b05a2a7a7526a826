"""A report as a tree of what stands in it, before anybody decides on PDF, Word or Excel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell of a table says; `number` is the same for a program, in `places` digits."""

    text: str
    number: Decimal | None = None
    places: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column and its share of the width."""

    label: str
    is_number: bool = False
    width: int = 10


@dataclass(frozen=True, slots=True)
class Table:
    """A table; on paper only its first `on_paper` rows stand, where that is given.

    The first `strong` rows are sums, set in bold.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    strong: int = 0
    note: str = ""
    on_paper: int | None = None

    @property
    def printed(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows that stand on paper."""
        return self.rows[: self.on_paper]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part, numbered as its text says."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """Points of a list; numbered where their order counts."""

    items: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, and what it shows in words."""

    caption: str
    words: str
    svg: str
    width_mm: int = 160


Block = Heading | Paragraph | Items | Table | Picture


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who reports: the authority above, the authority itself, number, place and date."""

    superior: str
    authority: str
    number: str
    place: str
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and who gets it."""

    office: str
    name: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `digest` is that of its figures; `warning` stands over it in a frame.

    The `annex` stands on a page of its own after the signature.
    """

    language: str
    reference_day: date
    letterhead: Letterhead
    title: str
    subject: str
    warning: str
    blocks: tuple[Block, ...]
    annex: tuple[Block, ...]
    signature: Signature
    digest: str
    origin: str
    is_short: bool = False

    @property
    def tables(self) -> Iterator[Table]:
        """Yield its tables in order."""
        yield from (block for block in (*self.blocks, *self.annex) if isinstance(block, Table))

    @property
    def pictures(self) -> Iterator[Picture]:
        """Yield its pictures in order."""
        yield from (block for block in (*self.blocks, *self.annex) if isinstance(block, Picture))
