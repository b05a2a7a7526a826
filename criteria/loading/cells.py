"""One cell of the table of thresholds: a level, one nobody could read, or nothing asked."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from criteria.loading.nodes import shown
from criteria.loading.vocabulary import DOES_NOT_APPLY

if TYPE_CHECKING:
    from criteria.loading.nodes import Node

LARGEST_PERCENT = 100
DIGITS, DECIMALS = 18, 4


class Cell(NamedTuple):
    """What a cell says; without a level it is unknown unless it is exempt."""

    value: Decimal | None
    is_exempt: bool = False


UNREAD = Cell(None)


def cell_of(node: Node, place: str, value: object) -> Cell:
    """Return what stands in a cell; what cannot stand there is noted as a fault."""
    if value is None:
        return UNREAD
    if value == DOES_NOT_APPLY:
        return Cell(None, is_exempt=True)
    kind = node.raw("kind")
    if objection := _objection(kind, value):
        node.faults.add(place, objection)
        return UNREAD
    return Cell(Decimal(1) if value is True else Decimal(str(value)))


def _objection(kind: object, value: object) -> str:
    if kind == "yes_no":
        return "" if value is True else f"{shown(value)} where only true can be asked for"
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        hint = ": numbers stand without quotes" if isinstance(value, str) else ""
        return f"{shown(value)} is not a number{hint}"
    return _misfit(kind, Decimal(value))


def _misfit(kind: object, number: Decimal) -> str:
    if number < 0:
        return f"{number} is below 0"
    if kind == "percent" and number > LARGEST_PERCENT:
        return f"{number} is more than 100 %"
    if kind == "count" and number != number.to_integral_value():
        return f"{number} is not a whole number"
    if number >= 10 ** (DIGITS - DECIMALS) or number != round(number, DECIMALS):
        return f"{number} has more digits than can be kept"
    return ""
