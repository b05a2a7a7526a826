"""What is typed as a short text without a language, for stamps and for what is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from criteria.scoring.verdicts import NOT_ASSESSED

if TYPE_CHECKING:
    from criteria.scoring.verdicts import Typed


def plain(typed: Typed) -> str:
    """Return "39.5", "na" for what is left out, "" for nothing."""
    if typed is None:
        return ""
    return NOT_ASSESSED.value if typed is NOT_ASSESSED else f"{Decimal(typed).normalize():f}"


def typed_from(text: str) -> Typed:
    """Return what `plain` wrote."""
    if not text:
        return None
    return NOT_ASSESSED if text == NOT_ASSESSED.value else Decimal(text)


def stamp(version: int, typed: Typed) -> str:
    """Return what stood in a cell and its version: "3:39.5"; "0:" where there was no value."""
    return f"{version}:{plain(typed)}"


def unstamp(text: str) -> tuple[int | None, Typed]:
    """Return version and value of a stamp; no version where there was no value."""
    version, _colon, typed = text.partition(":")
    return int(version) or None, typed_from(typed)
