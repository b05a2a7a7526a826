"""Lines of an official CSV file that can say what is wrong with themselves."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path


class DamagedFileError(Exception):
    """Say which line of which file cannot be used, and why."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.name}, line {line}: {reason}")


@dataclass(slots=True)
class Row:
    """One line by column names, and where it stands."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def refuse(self, reason: str) -> NoReturn:
        """Raise the error that names this line."""
        raise DamagedFileError(self.path, self.line, reason)

    def filled(self, column: str) -> str:
        """Return a text that may not be empty."""
        if not self[column].strip():
            self.refuse(f"{column} is empty")
        return self[column]

    def one_of(self, known: Collection[str], column: str) -> str:
        """Return a word that must be among `known`."""
        if self[column] not in known:
            self.refuse(f"{column} “{self[column]}” is none of {', '.join(known)}")
        return self[column]

    def number(self, column: str) -> int:
        """Return a whole number, not negative."""
        if not self[column].isdecimal():
            self.refuse(f"{column} “{self[column]}” is not a number")
        return int(self[column])

    def day(self, column: str) -> date | None:
        """Return a date; nothing where the cell is empty."""
        try:
            return date.fromisoformat(self[column]) if self[column] else None
        except ValueError:
            self.refuse(f"{column} “{self[column]}” is not a date such as 2025-06-30")


def rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the lines below the heading, which must be `columns`."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    line = 1
    try:
        if next(reader, []) != list(columns):
            raise DamagedFileError(path, line, f"the columns must be {', '.join(columns)}")
        for cells in reader:
            line = reader.line_num
            if len(cells) != len(columns):
                raise DamagedFileError(path, line, f"{len(cells)} cells instead of {len(columns)}")
            yield Row(path, line, dict(zip(columns, cells, strict=True)))
    except csv.Error as error:
        raise DamagedFileError(path, line + 1, str(error)) from error


def named_rows(path: Path, columns: Collection[str]) -> Iterator[Row]:
    """Yield the lines below a heading that holds at least `columns`, in any order."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    line = 1
    try:
        heading = [cell.strip() for cell in next(reader, [])]
        if lacking := [column for column in columns if column not in heading]:
            raise DamagedFileError(path, line, f"the column {lacking[0]} is missing")
        for cells in reader:
            line = reader.line_num
            if not any(cells):
                continue
            if len(cells) != len(heading):
                raise DamagedFileError(path, line, f"{len(cells)} cells instead of {len(heading)}")
            yield Row(path, line, dict(zip(heading, cells, strict=True)))
    except csv.Error as error:
        raise DamagedFileError(path, line + 1, str(error)) from error


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DamagedFileError(path, 1, error.strerror or str(error)) from error
    try:
        return content.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DamagedFileError(path, line, "the text is not UTF-8") from error
