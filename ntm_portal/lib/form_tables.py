"""Rows of a register as a workbook whose columns are the fields of the page's own form.

What stands in the register is handed out with its number; rows that say something else come back
as changes, rows without a number as new entries. Each goes through the form, so a workbook is
refused for what the page would refuse, and each fault stands at its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from ntm_portal.lib.fields import DAY_FORMATS, DayField, NumberField
from ntm_portal.lib.numbers import format_decimal
from ntm_portal.lib.workbooks import (
    CellFault,
    Column,
    Fault,
    Identity,
    Table,
    WorkbookRefused,
    answer_in,
    day_in,
    identity_of,
    number_in,
    read_workbook,
    write_workbook,
)

if TYPE_CHECKING:
    from ntm_portal.lib.fields import RegisterForm
    from ntm_portal.lib.workbooks import Sheet
    from ntm_portal.lib.workbooks.writing import Written

MOST_ROWS = 5000
KEY, SEEN = 1, 2  # the columns before those that are only shown
YES = "on"
Values = Mapping[str, Any]  # what the fields of a form hold
Make = Callable[[int | None, dict[str, str]], "SavingForm"]


class SavingForm(Protocol):
    """A form that saves what it was given, and keeps each objection at its field."""

    @property
    def errors(self) -> Any:
        """Return the objections by field."""

    def is_valid(self) -> bool:
        """Tell whether it can be saved."""

    def save(self) -> object:
        """Save it; nothing comes back when it is refused."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of the register as it is handed out; `seen` tells a later change of another."""

    seen: int
    values: Values
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormTable:
    """The table: what it is for, its fields by name, what is only shown, and who may be changed."""

    kind: str
    title: str
    form: RegisterForm
    lines: Mapping[int, Line]
    shown: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    takes_new_rows: bool = True

    @property
    def fields(self) -> dict[str, forms.Field]:
        """Return the fields that people fill in."""
        every = self.form.fields.items()
        return {name: item for name, item in every if not item.widget.is_hidden}

    def workbook(self) -> bytes:
        """Return the workbook with all entries."""
        before = (_("Number"), _("Last step"), *self.shown)
        columns = [Column((heading,), 12, is_locked=True) for heading in before]
        columns += [_column(item) for item in self.fields.values()]
        table = Table(
            self.title,
            columns,
            list(self._rows()),
            frozen_columns=len(before),
            takes_new_rows=self.takes_new_rows,
        )
        return write_workbook([table], Identity(self.kind, self.facts))

    def enter(self, content: bytes, make: Make) -> tuple[int, list[Fault]]:
        """Save every row that says something new, or none where anything is wrong.

        `make` returns the form of an entry, or of a new one. Returns how many were saved, and all
        the faults.
        """
        sheet = self._sheet(content)
        faults: list[Fault] = []
        saved = 0
        with transaction.atomic():
            for row in range(2, min(len(sheet.rows), MOST_ROWS + 1) + 1):
                found = self._read(sheet, row, faults)
                if found is not None:
                    saved += self._save(make(*found), sheet, row, faults)
            transaction.set_rollback(bool(faults))
        return saved, faults

    def _rows(self) -> Iterator[tuple[Written, ...]]:
        for key, line in self.lines.items():
            cells = (_written(item, line.values.get(name)) for name, item in self.fields.items())
            yield key, line.seen, *line.shown, *cells

    def _sheet(self, content: bytes) -> Sheet:
        book = read_workbook(content)
        identity = identity_of(book)
        if identity is None or identity.kind != self.kind or identity.facts != self.facts:
            sentence = _("This is not the workbook of this page. Download it here and fill it in.")
            raise WorkbookRefused(sentence, code="other-workbook")
        return book.visible[0]

    def _read(
        self, sheet: Sheet, row: int, faults: list[Fault]
    ) -> tuple[int | None, dict[str, str]] | None:
        """Return the entry that is meant and what its form is given; nothing for no news."""
        number, before = sheet.text(row, KEY), len(faults)
        line = self.lines.get(int(number)) if number.isdecimal() else None
        if (number and line is None) or (not number and not self.takes_new_rows):
            if any(sheet.text(row, column) for column, _name in self._columns()):
                sentence = _("No entry with this number can be changed by you.")
                faults.append(Fault(sentence, sheet.name, row, KEY))
            return None
        typed = dict(self._typed(sheet, row, faults))
        if len(faults) > before or not any(typed.values()):
            return None
        if line is None:
            return None, typed
        held = {name: _text(item, line.values.get(name)) for name, item in self.fields.items()}
        changed = {name for name in held if typed[name] != " ".join(held[name].split())}
        if not changed:
            return None
        kept = {name: typed[name] if name in changed else text for name, text in held.items()}
        return int(number), {**kept, "seen": sheet.text(row, SEEN)}

    def _typed(self, sheet: Sheet, row: int, faults: list[Fault]) -> Iterator[tuple[str, str]]:
        for column, name in self._columns():
            try:
                yield name, _read(self.fields[name], sheet, row, column)
            except CellFault as fault:
                faults.append(Fault(str(fault), sheet.name, row, column))

    def _save(self, form: SavingForm, sheet: Sheet, row: int, faults: list[Fault]) -> int:
        if form.is_valid() and form.save() is not None and not form.errors:
            return 1
        places = {name: column for column, name in self._columns()}
        faults += [
            Fault(str(sentence), sheet.name, row, places.get(name, KEY))
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]
        return 0

    def _columns(self) -> Iterator[tuple[int, str]]:
        return ((at, name) for at, name in enumerate(self.fields, SEEN + len(self.shown) + 1))


def _column(item: forms.Field) -> Column:
    label = str(item.label or "")
    heading = label[:1].upper() + label[1:]
    if isinstance(item, forms.BooleanField):
        return Column((heading,), 14, choices=(_("yes"), _("no")))
    if isinstance(item, forms.ChoiceField):
        choices = tuple(words for value, words in _choices(item) if value)
        return Column((heading,), 24, choices=choices if _fits(choices) else ())
    is_short = isinstance(item, DayField | NumberField)
    return Column((heading,), 14 if is_short else 28)


def _fits(choices: tuple[str, ...]) -> bool:
    """Tell whether Excel takes the choices as a list: at most 255 letters, commas part them."""
    return len(",".join(choices)) <= 255 and not any("," in words for words in choices)


def _read(item: forms.Field, sheet: Sheet, row: int, column: int) -> str:
    """Return what the form would be given had it been typed on the page."""
    cell = sheet.cell(row, column)
    if isinstance(item, DayField):
        return _text(item, day_in(cell))
    if isinstance(item, forms.BooleanField):
        return _text(item, answer_in(cell))
    if isinstance(item, NumberField):
        return _text(item, number_in(cell).number)
    text = sheet.text(row, column)
    return _code(item, text) if isinstance(item, forms.ChoiceField) and text else text


def _code(item: forms.ChoiceField, text: str) -> str:
    for value, words in _choices(item):
        if text.lower() in {value.lower(), words.lower()}:
            return value
    known = "; ".join(words for value, words in _choices(item) if value)
    raise CellFault(_("“%(text)s” is none of: %(words)s.") % {"text": text, "words": known})


def _choices(item: forms.ChoiceField) -> list[tuple[str, str]]:
    choices: Any = item.choices  # what Django keeps of them has no plain type
    return [(str(value), str(words)) for value, words in choices]


def _text(item: forms.Field, value: Any) -> str:  # of the field's own type
    if value is None or value is False:
        return ""
    if isinstance(value, date):
        return value.strftime(DAY_FORMATS[0])
    if isinstance(item, NumberField):
        return format_decimal(Decimal(value))
    return YES if value is True else str(value)


def _written(item: forms.Field, value: Any) -> Written:  # of the field's own type
    if isinstance(item, forms.BooleanField):
        return _("yes") if value else None
    if isinstance(item, forms.ChoiceField):
        return next((words for code, words in _choices(item) if code == value and code), None)
    if value is None or isinstance(value, date | Decimal | int):
        return value
    return str(value)
