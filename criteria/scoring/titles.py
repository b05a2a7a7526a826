"""Who gives a title on which day, and under which conditions: the law of recognition as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


class Asks(StrEnum):
    """What a condition or a ground of revocation looks at."""

    OWN_CRITERIA = "own_criteria"
    HOLDS = "holds"
    SHARE = "share"
    FAILING = "failing"
    REVOKED_SHARE = "revoked_share"
    ELSEWHERE = "elsewhere"  # the law asks it, the portal holds no data on it
    UNREAD = "unread"  # there is something, and nobody here could read it


class Competence(StrEnum):
    """Whether an authority may give a title."""

    COMPETENT = "competent"
    WRONG = "wrong"
    UNKNOWN = "unknown"
    NO_TITLE = "no_title"


@dataclass(frozen=True, slots=True)
class Provision:
    """One condition of a title, or one ground on which it is revoked."""

    code: str
    asks: Asks
    name: str
    name_en: str
    legal_ref: str
    source: str
    confidence: str
    standard: str = ""
    of_kinds: frozenset[str] = frozenset()
    holding: frozenset[str] = frozenset()
    at_least: int = 0
    below: int | None = None
    named: frozenset[str] = frozenset()
    key: str = ""  # its one name among all facts, by which it is confirmed


@dataclass(frozen=True, slots=True)
class Title:
    """A title that a unit of some kinds can be given in a period; nobody knows what is empty."""

    level: str
    kinds: frozenset[str]
    standard: str
    decided_by: str | None
    confidence: str
    legal_ref: str
    source: str
    valid_from: date
    valid_to: date | None
    conditions: tuple[Provision, ...]
    grounds: tuple[Provision, ...]
    key: str = ""

    def is_in_force(self, day: date) -> bool:
        """Tell whether it can be given on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def is_for(self, level: str, kind: str) -> bool:
        """Tell whether a unit such as this can hold it."""
        return self.level == level and kind in self.kinds

    @property
    def is_revocable(self) -> bool:
        """Tell whether some ground of its revocation can be worked out."""
        dark = (Asks.UNREAD, Asks.ELSEWHERE)
        return any(ground.asks not in dark for ground in self.grounds)


def titles_on(titles: Iterable[Title], level: str, kind: str, day: date) -> tuple[Title, ...]:
    """Return the titles that a unit such as this can be given on `day`."""
    return tuple(item for item in titles if item.is_for(level, kind) and item.is_in_force(day))


def competence(
    titles: Sequence[Title], level: str, kind: str, standard: str, authority: str, day: date
) -> Competence:
    """Say whether the authority of a level may give a title on `day`.

    Before the first procedure that is known, a title that was given later is *unknown*.
    """
    hers = [item for item in titles if item.standard == standard and item.is_for(level, kind)]
    found = next((item for item in hers if item.is_in_force(day)), None)
    if found is None:
        is_before_all = day < min(item.valid_from for item in titles)
        return Competence.UNKNOWN if hers and is_before_all else Competence.NO_TITLE
    if found.decided_by is None:
        return Competence.UNKNOWN
    return Competence.COMPETENT if found.decided_by == authority else Competence.WRONG


def revocable_near(titles: Iterable[Title], day: date) -> tuple[Title, ...]:
    """Return the titles with known grounds of revocation on `day`.

    Where the law of the day has none, those of the next law that has; else of the last one.
    """
    known = [item for item in titles if item.is_revocable]
    if on_day := [item for item in known if item.is_in_force(day)]:
        return tuple(on_day)
    begins = [item.valid_from for item in known]
    begin = min((first for first in begins if first > day), default=max(begins, default=day))
    return tuple(item for item in known if item.valid_from == begin)
