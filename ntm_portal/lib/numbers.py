"""Numbers as people write them: read and written in the form of the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# What a stored measure can hold (DecimalField 18, 4): more digits are refused, never rounded away.
INTEGER_DIGITS = 14
DECIMAL_DIGITS = 4
_LONGEST_ECHO = 40


@dataclass(frozen=True, slots=True)
class _Form:
    """The marks by which a language writes a number."""

    decimal: str
    group: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return what a number looks like; groups are of three and never begin with zero."""
        group, decimal = re.escape(self.group), re.escape(self.decimal)
        return re.compile(
            rf"(?P<sign>[+-]?)(?P<whole>[1-9][0-9]{{0,2}}(?P<mark>[{group} ])[0-9]{{3}}"
            rf"(?:(?P=mark)[0-9]{{3}})*|[0-9]+)(?:{decimal}(?P<part>[0-9]+))?"
        )


_FORMS = {"vi": _Form(decimal=",", group="."), "en": _Form(decimal=".", group=",")}

# Full-width letters of an Asian keyboard, every sort of space, and the typographic minus signs.
_PLAIN = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN |= dict.fromkeys(map(ord, "\u00a0\u2007\u2008\u2009\u202f\u3000"), " ")
_PLAIN |= dict.fromkeys(map(ord, "\u2212\u2010\u2011\u2013"), "-")


class NumberNotUnderstood(ValueError):  # noqa: N818  it reads as the sentence it carries
    """Say, in a sentence fit to show beside the field, why a text is not a number here."""

    def __init__(self, sentence: str | _StrPromise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def parse_decimal(text: str, *, language: str | None = None) -> Decimal:
    """Return the number that `text` writes in `language` (the reader's, unless given)."""
    own = _language(language)
    plain = text.translate(_PLAIN).strip().removesuffix("%").rstrip()
    if not plain:
        raise NumberNotUnderstood(
            _("Type a number, for example %(example)s.") % {"example": _example(own)}
        )
    number = _read(plain, _FORMS[own])
    if number is None:
        raise NumberNotUnderstood(_explain(text.strip(), plain, own))
    return _fitting(number)


def rewritten(text: str, language: str) -> str:
    """Return a number that was written in `language` as the reader writes it; else the text."""
    try:
        return format_decimal(parse_decimal(text, language=language))
    except NumberNotUnderstood:
        return text


def format_decimal(
    value: Decimal | int, places: int | None = None, *, language: str | None = None
) -> str:
    """Write `value` as the reader does: `1.234,5` in Vietnamese, `1,234.5` in English.

    Without `places` the zeros that say nothing are left out; with it, halves are rounded up.
    """
    form = _FORMS[_language(language)]
    number = Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    plain = f"{number:,f}"
    if places is None and "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    if not number:
        plain = plain.removeprefix("-")
    return plain.translate({ord(","): form.group, ord("."): form.decimal})


def _language(given: str | None) -> str:
    return "en" if (given or get_language() or "vi").startswith("en") else "vi"


def _read(plain: str, form: _Form) -> Decimal | None:
    match = form.pattern.fullmatch(plain)
    if match is None:
        return None
    whole = match["whole"].replace(match["mark"] or " ", "")
    return Decimal(f"{match['sign']}{whole}.{match['part'] or 0}") + 0


def _fitting(number: Decimal) -> Decimal:
    """Return `number` if it can be kept to the last digit."""
    if abs(number) >= Decimal(10) ** INTEGER_DIGITS:
        raise NumberNotUnderstood(_("This number is too large. Check its unit and its zeros."))
    if number != round(number, DECIMAL_DIGITS):
        raise NumberNotUnderstood(
            ngettext(
                "Write at most %(count)s digit after the decimal mark.",
                "Write at most %(count)s digits after the decimal mark.",
                DECIMAL_DIGITS,
            )
            % {"count": DECIMAL_DIGITS}
        )
    return number


def _explain(text: str, plain: str, own: str) -> str:
    """Return why `text` is no number here, with the right writing if one can be guessed."""
    shown = text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]}…"
    foreign = "vi" if own == "en" else "en"
    meant = _read(plain, _FORMS[foreign])
    if meant is None:
        return _("“%(text)s” is not a number. Write digits only, for example %(example)s.") % {
            "text": shown,
            "example": _example(own),
        }
    return _("“%(text)s” is not how numbers are written here. Write %(meant)s.") % {
        "text": shown,
        "meant": format_decimal(meant, language=own),
    }


def _example(language: str) -> str:
    return format_decimal(Decimal("61.5"), language=language)
