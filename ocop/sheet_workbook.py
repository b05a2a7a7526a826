"""An assessor's score sheet as a workbook: given out to fill in, and read back with all faults."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ntm_portal.lib.numbers import format_decimal
from ntm_portal.lib.workbooks import (
    CellFault,
    Column,
    Fault,
    Identity,
    Table,
    WorkbookRefused,
    identity_of,
    number_in,
    read_workbook,
    write_workbook,
)
from ocop.services.sheets import SheetEntry, asked_of, objections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ntm_portal.lib.workbooks import Sheet
    from ocop.models import Evaluation
    from ocop.services.sheets import Asked

KIND = "ocop-score-sheet"
CODE, POINTS = 1, 5  # the columns that are read, from one


def workbook_of(evaluation: Evaluation) -> bytes:
    """Return the sheet to fill in: each item with its most and its points to choose from."""
    columns = (
        Column((_("Item"),), 8, is_locked=True),
        Column((_("Name"),), 60, is_locked=True),
        Column((_("Most"),), 8, is_locked=True),
        Column((_("Points to choose from"),), 24, is_locked=True),
        Column((_("Points"),), 10),
    )
    rows = [
        (item.code, item.name, item.most, _choices(item), None) for item in asked_of(evaluation)
    ]
    identity = Identity(KIND, {"evaluation": str(evaluation.pk)})
    return write_workbook([Table(_("Score sheet"), columns, rows)], identity)


def read_entry(
    evaluation: Evaluation, assessor: str, content: bytes
) -> tuple[SheetEntry, list[Fault]]:
    """Return what the workbook says and everything that is wrong with it, by cell."""
    book = read_workbook(content)
    identity = identity_of(book)
    if identity is not None and identity.facts.get("evaluation") != str(evaluation.pk):
        sentence = _("This workbook belongs to another evaluation.")
        raise WorkbookRefused(sentence, code="other-evaluation")
    sheet = book.visible[0]
    places = dict(_places(sheet))
    points: dict[str, Decimal] = {}
    faults = []
    for code, row in places.items():
        try:
            number = number_in(sheet.cell(row, POINTS)).number
        except CellFault as fault:
            faults.append(Fault(str(fault), sheet.name, row, POINTS))
            continue
        if number is not None:
            points[code] = number
    entry = SheetEntry(assessor, points)
    unread = {fault.row for fault in faults}
    for objection in objections(evaluation, entry):
        row = places.get(objection.code.removeprefix("points-"), 0)
        if row not in unread or not row:
            faults.append(Fault(str(objection), sheet.name, row, POINTS if row else 0))
    return entry, faults


def _places(sheet: Sheet) -> Iterator[tuple[str, int]]:
    """Yield the codes of the items and the rows they stand in; the officer may have sorted them."""
    for row in range(2, len(sheet.rows) + 1):
        code = sheet.text(row, CODE).strip()
        if code:
            yield code, row


def _choices(item: Asked) -> str:
    if item.allowed is None:
        return f"0 – {format_decimal(item.most)}"
    return ", ".join(map(format_decimal, sorted(item.allowed)))
