"""What becomes of a title when units are merged, renamed, moved or split."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class When(StrEnum):
    """How many of the former units held the title."""

    ALL = "all"
    SOME = "some"
    OUTSIDE = "outside"  # all that could hold it did, but one of them never could
    ANY = "any"


@dataclass(frozen=True, slots=True)
class MergerRule:
    """A rule on titles across a change of the map; an empty `status` is one nobody could read."""

    code: str
    kinds: frozenset[str]
    valid_from: date | None
    valid_to: date | None
    when: When
    standards: frozenset[str]
    status: str | None
    name: str
    name_en: str
    legal_ref: str
    source: str
    confidence: str
    key: str = ""  # its one name among all facts, by which it is confirmed

    def applies(self, kind: str, day: date, standard: str, found: When) -> bool:
        """Tell whether it speaks of such a change on `day`."""
        return (
            kind in self.kinds
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
            and (not self.standards or standard in self.standards)
            and self.when in {found, When.ANY}
        )


@dataclass(frozen=True, slots=True)
class Former:
    """A unit that went into another: whether the programme judges it, whether it held the title."""

    is_in_programme: bool
    held: bool


def how_many_held(formers: Sequence[Former]) -> When | None:
    """Say how many of the former units held the title; nothing where none did."""
    if not any(former.held for former in formers):
        return None
    if not all(former.held for former in formers if former.is_in_programme):
        return When.SOME
    return When.ALL if all(former.held for former in formers) else When.OUTSIDE


def rule_for(
    rules: Sequence[MergerRule], kind: str, day: date, standard: str, formers: Sequence[Former]
) -> MergerRule | None:
    """Return the rule on the title; nothing where none of the former units held it."""
    if (found := how_many_held(formers)) is None:
        return None
    return next((rule for rule in rules if rule.applies(kind, day, standard, found)), None)
