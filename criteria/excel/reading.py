"""What a filled-in sheet says: an entry for each cell that says something new, and every fault."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from criteria.excel.rows import UnitFinder
from criteria.models import Measure
from criteria.scoring.verdicts import NOT_ASSESSED
from criteria.services.changing import Entry
from criteria.services.checks import check_typing
from criteria.services.plain import unstamp
from criteria.services.ranges import refuse_leaving_out, refuse_out_of_range
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.text import fold
from ntm_portal.lib.workbooks import CellFault, Fault, answer_in, number_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from criteria.excel.layout import Layout
    from criteria.excel.selection import Selection
    from criteria.models import Assessment
    from criteria.scoring.verdicts import Typed
    from ntm_portal.accounts.models import User
    from ntm_portal.lib.workbooks import Book, Cell, Identity, Sheet

LEFT_OUT = frozenset({"khong xet", "not assessed", "na", "n/a"})


@dataclass(frozen=True, slots=True)
class Reading:
    """The entries by assessment id, what is wrong, and what was read in one of two ways."""

    entries: dict[int, list[Entry]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)


def read_values(
    book: Book, layout: Layout, selection: Selection, identity: Identity | None, *, by: User
) -> Reading:
    """Read every cell of every commune; a fault in one hides none of the others.

    With the portal's own stamps a cell that still says what it was given out with is nothing
    new, and one that was emptied takes the value away. In somebody's own sheet an empty cell
    says nothing.
    """
    sheet = book.sheet(layout.sheet)
    reading = Reading(faults=list(layout.faults))
    if sheet is None:
        return reading
    reader = _SheetReader(sheet, layout, selection, identity, reading)
    for row, assessment in UnitFinder(sheet, layout, selection, reading.faults).rows():
        if not (entries := list(reader.entries(row, assessment))):
            continue
        reading.entries[assessment.pk] = entries
        try:
            check_typing(assessment, by)
        except DomainError as refusal:
            sentence = f"{assessment.unit.label}: {refusal}"
            reading.faults.append(Fault(sentence, sheet.name, row, layout.unit_column))
    return reading


@dataclass(frozen=True)
class _SheetReader:
    sheet: Sheet
    layout: Layout
    selection: Selection
    identity: Identity | None
    reading: Reading

    def entries(self, row: int, assessment: Assessment) -> Iterator[Entry]:
        stamps = self.identity.stamps.get(assessment.unit.code, {}) if self.identity else {}
        for column, measure in self._measures.items():
            cell = self.sheet.cell(row, column)
            try:
                typed, notice = read_cell(cell, measure)
            except (CellFault, DomainError) as fault:
                self._note(fault.sentence, row, column)
                continue
            entry = self._entry(measure, typed, assessment, stamps.get(measure.code, ""))
            if entry is None:
                continue
            if notice:
                self._note(notice, row, column, is_notice=True)
            yield entry

    def _entry(
        self, measure: Measure, typed: Typed, assessment: Assessment, stamped: str
    ) -> Entry | None:
        if stamped:
            version, given_out = unstamp(stamped)
            return None if typed == given_out else Entry(measure.code, typed, version)
        standing = self.selection.values.get((assessment.pk, measure.pk))
        if typed is None or (standing is not None and standing.typed == typed):
            return None
        return Entry(measure.code, typed, standing.version if standing else None)

    def _note(self, sentence: object, row: int, column: int, *, is_notice: bool = False) -> None:
        fault = Fault(str(sentence), self.sheet.name, row, column, is_notice=is_notice)
        (self.reading.notices if is_notice else self.reading.faults).append(fault)

    @property
    def _measures(self) -> Mapping[int, Measure]:
        known = {measure.code: measure for measure in self.selection.measures}
        columns = self.layout.columns.items()
        return {column: known[code] for column, code in columns if code in known}


def read_cell(cell: Cell, measure: Measure) -> tuple[Typed, str]:
    """Return what a cell says for a measure, and the notice where it could say two things."""
    if isinstance(cell.value, str) and fold(cell.value.strip()) in LEFT_OUT:
        refuse_leaving_out(measure)
        return NOT_ASSESSED, ""
    if measure.kind == Measure.Kind.YES_NO:
        answer = answer_in(cell)
        return (None if answer is None else Decimal(int(answer))), ""
    read = number_in(cell, is_share=measure.kind == Measure.Kind.PERCENT)
    if read.number is not None:
        refuse_out_of_range(measure, read.number)
    return read.number, read.notice
