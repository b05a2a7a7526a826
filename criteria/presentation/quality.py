"""Warnings as sentences, at the field and in the list of a round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.quality.rules import Kind
from ntm_portal.lib.numbers import format_decimal

if TYPE_CHECKING:
    from decimal import Decimal

    from criteria.quality.finding import Warned
    from criteria.quality.whole_round import RoundWarning


@dataclass(frozen=True, slots=True)
class WarningLine:
    """One line of the list."""

    found: RoundWarning
    sentence: str


def sentence_of(warned: Warned) -> str:
    """Say what is odd about a value."""
    words = {
        "number": _shown(warned.number),
        "against": _shown(warned.against),
        "other": warned.rule.other,
        "rounds": warned.rule.rounds,
    }
    return str(_sentences()[warned.rule.kind] % words)


def _sentences() -> dict[Kind, str]:
    return {
        Kind.ABOVE: _("%(number)s is above %(against)s."),
        Kind.JUMP: _("It was %(against)s in the round before and is %(number)s now."),
        Kind.JUMP_PERCENT: _("It was %(against)s in the round before and is %(number)s now."),
        Kind.COPIED: _("It is %(number)s for %(rounds)s rounds running."),
        Kind.EXCEEDS: _("%(number)s is more than %(against)s in %(other)s, of which it is a part."),
        Kind.CONTRADICTS: _("%(number)s does not go with %(against)s in %(other)s."),
        Kind.MET_WHILE_NOT: _("It is met while %(other)s is not."),
        Kind.IDENTICAL: _("All numbers are those of another commune beside it."),
    }


def _shown(number: Decimal | None) -> str:
    return "" if number is None else format_decimal(number)
