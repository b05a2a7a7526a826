"""The register of cooperatives as a workbook to fill in, and read back with all its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from communes.unit_choice import find_commune
from cooperatives.models import Cooperative
from cooperatives.services import CooperativeEntry, register
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.workbooks import (
    CellFault,
    Column,
    Fault,
    Table,
    day_in,
    number_in,
    read_workbook,
    write_workbook,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from django.db.models import TextChoices

    from ntm_portal.accounts.models import User
    from ntm_portal.lib.workbooks import Sheet

MOST_ROWS = 5000
NAMES = (
    *("name", "kind", "sector", "commune", "registered_under", "registered_on", "tax_code"),
    *("members", "women_members", "capital_million_vnd"),
)
COLUMN = {name: number for number, name in enumerate(NAMES, 1)}
# At which column an objection of the register stands; the others stand at the name.
AT_COLUMN = {
    "commune": "commune",
    "not-allowed": "commune",
    "bad-tax-code": "tax_code",
    "tax-code-taken": "tax_code",
    "in-the-future": "registered_on",
    "negative-capital": "capital_million_vnd",
    "women-above-members": "women_members",
}


def empty_workbook() -> bytes:
    """Return the workbook to fill in, one row for each cooperative."""
    kinds = tuple(str(label) for label in Cooperative.Kind.labels)
    sectors = tuple(str(label) for label in Cooperative.Sector.labels)
    columns = (
        Column((_("Name"),), 44),
        Column((_("Kind"),), 22, choices=kinds),
        Column((_("Field"),), 18, choices=sectors),
        Column((_("Commune"),), 24),
        Column((_("Registered under"),), 22, choices=tuple(Cooperative.Law.values)),
        Column((_("Registered on"),), 16),
        Column((_("Tax code"),), 16),
        Column((_("Members"),), 12),
        Column((_("Women among them"),), 12),
        Column((_("Capital"),), 14),
    )
    return write_workbook([Table(_("Cooperatives"), columns, [], takes_new_rows=True)])


@transaction.atomic
def register_all(content: bytes, *, by: User) -> tuple[int, list[Fault]]:
    """Enter every row, or none where anything is wrong; return how many, and all the faults."""
    sheet = read_workbook(content).visible[0]
    faults: list[Fault] = []
    entered = 0
    for row in range(2, min(len(sheet.rows), MOST_ROWS + 1) + 1):
        if not any(sheet.text(row, column) for column in COLUMN.values()):
            continue
        entry = _entry(sheet, row, by, faults)
        if entry is None:
            continue
        try:
            with transaction.atomic():
                register(entry, by=by)
            entered += 1
        except DomainError as objection:
            column = COLUMN[AT_COLUMN.get(objection.code, "name")]
            faults.append(Fault(str(objection), sheet.name, row, column))
    if faults:
        transaction.set_rollback(True)
    return entered, faults


def _entry(sheet: Sheet, row: int, by: User, faults: list[Fault]) -> CooperativeEntry | None:
    """Return what the row says; nothing, and its faults told, where a cell cannot be read."""
    before = len(faults)

    def told(name: str, read: Any) -> Any:  # a number, a day or a text, by what is asked
        try:
            return read()
        except (CellFault, DomainError) as fault:
            faults.append(Fault(str(fault), sheet.name, row, COLUMN[name]))
            return None

    def number(name: str) -> Decimal | None:
        found: Decimal | None = told(name, lambda: number_in(sheet.cell(row, COLUMN[name])).number)
        return found

    text = {name: sheet.text(row, column) for name, column in COLUMN.items()}
    registered = told("registered_on", lambda: _day(sheet, row))
    kind = told("kind", lambda: _choice(Cooperative.Kind, text["kind"], "cooperative"))
    sector = told("sector", lambda: _choice(Cooperative.Sector, text["sector"], ""))
    members, women = number("members"), number("women_members")
    capital = number("capital_million_vnd")
    commune = (
        told("commune", lambda: find_commune(text["commune"], registered, by.scope.read))
        if registered
        else None
    )
    if len(faults) > before or commune is None:
        return None
    return CooperativeEntry(
        name=text["name"],
        kind=kind,
        sector=sector,
        commune=commune,
        registered_under=text["registered_under"] or Cooperative.Law.LAW_2012,
        registered_on=registered,
        tax_code=text["tax_code"],
        members=None if members is None else int(members),
        women_members=None if women is None else int(women),
        capital_million_vnd=capital,
    )


def _day(sheet: Sheet, row: int) -> Any:  # a date
    day = day_in(sheet.cell(row, COLUMN["registered_on"]))
    if day is None:
        raise CellFault(_("Type the day, such as 31/12/2020."))
    return day


def _choice(kinds: type[TextChoices], text: str, usual: str) -> str:
    """Return the code of what was chosen by its label or its code."""
    if not text:
        return usual
    for kind in kinds:
        if text.lower() in {kind.value, str(kind.label).lower()}:
            return str(kind.value)
    words = ", ".join(str(kind.label) for kind in kinds)
    raise CellFault(_("“%(text)s” is none of: %(words)s.") % {"text": text, "words": words})
