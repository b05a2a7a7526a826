"""Tables of cases for tests, a line in a few words."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from criteria.loading.at_hand import shipped_spec
from criteria.loading.regions import region_by_province
from criteria.loading.shipped import shipped_files
from criteria.scoring.cases import COLUMNS, Law, judge_cases

if TYPE_CHECKING:
    from criteria.scoring.specs import SetSpec

CODES = tuple(path.stem for path in shipped_files())


def law(**invented: SetSpec) -> Law:
    """The shipped sets, and those of the test."""

    def found(code: str, _year: int) -> SetSpec | None:
        return invented.get(code) or (shipped_spec(code) if code in CODES else None)

    return Law(found, (*CODES, *invented), region_by_province())


def table(*lines: dict[str, object]) -> str:
    """Write lines as a table; what a line does not say is empty, the case is called "a"."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    for line in lines:
        writer.writerow({"case": "a"} | line)
    return text.getvalue()


def answers(*lines: dict[str, object], with_criteria: bool = False) -> list[tuple[str, ...]]:
    """Judge the lines and return indicator, verdict, threshold and rule of each answer."""
    judged = judge_cases(table(*lines), law(), with_criteria=with_criteria)
    return [row[1:] for row in judged]
