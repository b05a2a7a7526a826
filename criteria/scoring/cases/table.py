"""The table of cases as lines: its columns are those it must have, in whatever order."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.scoring.cases.faults import CaseFaults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COLUMNS = (
    "case",
    "criteria_set",
    "region",
    "province_code",
    "designations",
    "commune_group",
    "year",
    "indicator",
    "part",
    "value",
)
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: its number in the file, and what stands in each column."""

    number: int
    values: Mapping[str, str]
    columns: Mapping[str, int]
    faults: CaseFaults

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def refuse(self, column: str, sentence: str) -> None:
        """Note a fault in one of the columns."""
        self.faults.add(self.number, self.columns[column], column, sentence)


def read_lines(text: str, faults: CaseFaults) -> list[Line]:
    """Return the lines of a table; a column it lacks is a fault, one more is passed over."""
    reader = csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if {*COLUMNS} <= {*";".join(header).split(";")} and len(header) < len(COLUMNS):
            faults.add(1, 0, "", "the columns are parted by semicolons: commas are expected")
            return []
        for name in COLUMNS:
            if header.count(name) != 1:
                problem = "stands twice" if name in header else "is missing"
                faults.add(1, 0, "", f"the column {name} {problem}")
        return [] if faults.found else list(_lines(reader, header, faults))
    except csv.Error as error:
        faults.add(reader.line_num, 0, "", f"not CSV: {error}")
        return []


def _lines(reader: Iterator[list[str]], header: list[str], faults: CaseFaults) -> Iterator[Line]:
    columns = {name: header.index(name) + 1 for name in COLUMNS}
    for cells in reader:
        number: int = reader.line_num  # type: ignore[attr-defined]  # csv has no public type for it
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            faults.add(number, 0, "", f"{len(cells)} cells where the header has {len(header)}")
            continue
        values = {name: cells[at - 1].strip() for name, at in columns.items()}
        yield Line(number, values, columns, faults)
