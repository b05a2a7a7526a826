"""What one cell says, as a number, an answer, a day or a text; or why it does not.

Whatever can be read in two ways is read in one of them, and a notice says in which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ntm_portal.lib.numbers import (
    DECIMAL_DIGITS,
    NumberNotUnderstood,
    format_decimal,
    parse_decimal,
)
from ntm_portal.lib.text import fold
from ntm_portal.lib.workbooks.faults import CellFault

if TYPE_CHECKING:
    from ntm_portal.lib.workbooks.reading import Cell

YES = frozenset({"co", "yes", "dat", "x", "1", "true", "dung", "y"})
NO = frozenset({"khong", "no", "chua dat", "khong dat", "chua", "0", "false", "sai", "n"})
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_GROUPED = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it was read; `notice` says so where the cell can be read in two ways."""

    number: Decimal | None
    notice: str = ""


def number_in(cell: Cell, *, is_share: bool = False) -> Reading:
    """Return the number in the cell; `is_share` says that percentages are asked for (95, not 0.95).

    Raises `CellFault` with the sentence for whoever filled the cell.
    """
    refuse_what_is_no_content(cell)
    if cell.is_empty:
        return Reading(None)
    value = cell.value
    if isinstance(value, bool):
        raise CellFault(_("A number is asked for here, and the cell holds yes or no."))
    if isinstance(value, date | time | timedelta):
        raise CellFault(_day_for_number(value))
    if isinstance(value, str):
        return _from_text(value, is_share=is_share)
    return _from_number(value, is_share=is_share, is_percentage=cell.is_percentage)


def answer_in(cell: Cell) -> bool | None:
    """Return yes or no, in either language and as people write them; nothing for an empty cell."""
    refuse_what_is_no_content(cell)
    if cell.is_empty:
        return None
    word = " ".join(fold(str(cell.value)).split()).removesuffix(".0")
    if word in YES:
        return True
    if word in NO:
        return False
    sentence = _("“%(text)s” is neither yes nor no. Write one of: có, không, yes, no, 1, 0.")
    raise CellFault(sentence % {"text": _shown(str(cell.value))})


def day_in(cell: Cell) -> date | None:
    """Return the day in the cell, also where it stands as a text such as 31/12/2020."""
    refuse_what_is_no_content(cell)
    if cell.is_empty:
        return None
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, date):
        return cell.value
    try:
        day, month, year = map(int, _matched_day(str(cell.value)))
        return date(year, month, day)
    except ValueError:
        sentence = _("“%(text)s” is not a day. Write day, month and year: 31/12/2020.")
        raise CellFault(sentence % {"text": _shown(str(cell.value))}) from None


def refuse_what_is_no_content(cell: Cell) -> None:
    """Raise `CellFault` for an error, a formula without its value, or a merged cell."""
    if cell.error:
        sentence = _("The formula in this cell fails (%(error)s). Mend it, or type the value.")
        raise CellFault(sentence % {"error": cell.error})
    if cell.is_not_computed:
        raise CellFault(
            _(
                "The formula in this cell has no value yet. Open the file in Excel, save it, and "
                "send it again; or type the value."
            )
        )
    if cell.merged_into:
        sentence = _(
            "Cells %(range)s are merged, so nobody can tell which of them the value is for. "
            "Unmerge them and fill in each."
        )
        raise CellFault(sentence % {"range": cell.merged_into})


def _matched_day(text: str) -> tuple[str, ...]:
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    return match.groups()


def _day_for_number(value: date | time | timedelta) -> str:
    shown = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
    sentence = _(
        "The cell holds a date (%(day)s), not a number. Excel has perhaps turned what was typed "
        "into one: set the format of the cell to Number and type it again."
    )
    return sentence % {"day": shown}


def _from_text(text: str, *, is_share: bool) -> Reading:
    if _DAY.fullmatch(text.strip()):
        sentence = _("“%(text)s” is a date, and a number is asked for here.")
        raise CellFault(sentence % {"text": _shown(text)})
    plain = text.strip().removeprefix("'").strip()
    if plain.endswith("%") and not is_share:
        sentence = _("“%(text)s” is a percentage, and none is asked for here.")
        raise CellFault(sentence % {"text": _shown(text)})
    try:
        number = parse_decimal(plain)
    except NumberNotUnderstood as refusal:
        raise CellFault(str(refusal)) from refusal
    if plain.endswith("%") or _GROUPED.fullmatch(plain):
        return Reading(number, _read_as(text, number))
    return Reading(number, _small_share(number) if is_share else "")


def _from_number(value: float, *, is_share: bool, is_percentage: bool) -> Reading:
    # Excel keeps 15 digits and shows no more: 0.1 + 0.2 is 0.3.
    number = Decimal(format(value, ".15g"))
    if is_percentage and is_share:
        number *= 100
        kept = _kept(number)
        return Reading(kept, _read_as(f"{format_decimal(number)} %", kept))
    kept = _kept(number)
    if kept != number:
        return Reading(kept, _read_as(format_decimal(number), kept))
    return Reading(kept, _small_share(kept) if is_share else "")


def _kept(number: Decimal) -> Decimal:
    if number.is_finite() and abs(number) < Decimal(10) ** 18:
        return number.quantize(Decimal(1).scaleb(-DECIMAL_DIGITS), ROUND_HALF_UP).normalize() + 0
    raise CellFault(_("This number is too large. Check its unit and its zeros."))


def _read_as(text: str, number: Decimal) -> str:
    sentence = _("“%(text)s” is read as %(number)s.")
    return sentence % {"text": _shown(text), "number": format_decimal(number)}


def _small_share(number: Decimal) -> str:
    if not 0 < number < 1:
        return ""
    sentence = _("%(number)s is read as %(number)s %%. If %(larger)s %% is meant, type %(larger)s.")
    words = {"number": format_decimal(number), "larger": format_decimal(number * 100)}
    return sentence % words


def _shown(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
