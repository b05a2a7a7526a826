"""What may stand for which kind of measure; each refusal says what is allowed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.models import Measure
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.numbers import DECIMAL_DIGITS, INTEGER_DIGITS, format_decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.functional import _StrPromise

LARGEST = Decimal(10) ** INTEGER_DIGITS - 1


def refuse_out_of_range(measure: Measure, number: Decimal) -> None:
    """Raise DomainError with the first reason why `number` cannot stand for `measure`."""
    for sentence in _objections(measure.kind, number):
        raise DomainError(sentence, code="out-of-range")


def refuse_leaving_out(measure: Measure) -> None:
    """Raise DomainError where the law does not let the measure be left out."""
    if not measure.not_assessed_when:
        sentence = _("The law does not let indicator %(code)s be left out: type a value.")
        raise DomainError(sentence % {"code": measure.code}, code="may-not-be-left-out")


def _objections(kind: str, number: Decimal) -> Iterator[str | _StrPromise]:
    if not number.is_finite():
        yield _("This is not a number.")
        return
    if kind == Measure.Kind.YES_NO and number not in {0, 1}:
        yield _("Choose yes or no.")
    if kind == Measure.Kind.PERCENT and not 0 <= number <= 100:
        yield _("A percentage lies between 0 and 100; you typed %(number)s.") % _shown(number)
    if number < 0:
        yield _("The number must not be below 0; you typed %(number)s.") % _shown(number)
    if number > LARGEST:
        yield _("The number is too large: at most %(limit)s.") % {"limit": format_decimal(LARGEST)}
    if kind == Measure.Kind.COUNT and number != number.to_integral_value():
        yield _("Type a whole number; you typed %(number)s.") % _shown(number)
    if number != round(number, DECIMAL_DIGITS):
        yield _("Type at most %(places)s digits after the decimal sign.") % {
            "places": DECIMAL_DIGITS
        }


def _shown(number: Decimal) -> dict[str, str]:
    return {"number": format_decimal(number)}
