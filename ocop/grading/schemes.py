"""The rules of a time, pure: bands, who may award what, and which rules a dossier goes by."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """The stars that a total of at least `least` earns, up to the next band."""

    stars: int
    least: Decimal


@dataclass(frozen=True, slots=True)
class Award:
    """Which stars a level may award, from and to a day, both included; an empty end is open."""

    level: str
    stars: frozenset[int]
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class PartRule:
    """A part of every score sheet of a scheme, and the most points it gives."""

    code: str
    name: str
    most: Decimal


@dataclass(frozen=True, slots=True)
class Condition:
    """What a product must fulfil for `stars` and more, whatever its score.

    Without `groups` it is asked of all product groups but those in `not_groups`. One whose text
    could not be read (`text` empty) is known to exist and can be asked of nobody.
    """

    code: str
    stars: int
    text: str
    legal_ref: str
    confidence: str
    groups: frozenset[str] = frozenset()
    not_groups: frozenset[str] = frozenset()

    def asks(self, group: str) -> bool:
        """Tell whether it is asked of a product of `group`."""
        return group not in self.not_groups and (not self.groups or group in self.groups)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The rules by which products are graded in a time.

    `transition_days`, by the kind of dossier, says how long one that was filed before the first
    day may still be rated by the rules before.
    """

    code: str
    valid_from: date
    valid_to: date | None
    validity_months: int
    bands: tuple[Band, ...]
    awards: tuple[Award, ...]
    name: str = ""
    legal_basis: tuple[str, ...] = ()
    parts: tuple[PartRule, ...] = ()
    conditions: tuple[Condition, ...] = ()
    transition_days: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    source: str = ""

    def conditions_of(self, group: str) -> tuple[Condition, ...]:
        """Return what is asked of a product of `group`, the lowest star first."""
        asked = (item for item in self.conditions if item.asks(group))
        return tuple(sorted(asked, key=lambda item: (item.stars, item.code)))


def scheme_on(schemes: Iterable[Scheme], day: date) -> Scheme | None:
    """Return the scheme in force on `day`, the newer one where two overlap."""
    in_force = [scheme for scheme in schemes if _holds(scheme.valid_from, scheme.valid_to, day)]
    return max(in_force, key=lambda scheme: scheme.valid_from, default=None)


def scheme_for(
    schemes: Iterable[Scheme], *, rated_on: date, filed_on: date, kind: str
) -> Scheme | None:
    """Return the scheme by which a dossier is rated: mostly that of the day, in transition the old.

    A dossier filed before a new scheme may be rated by the one before for some days.
    """
    known = tuple(schemes)
    current = scheme_on(known, rated_on)
    if current is None or filed_on >= current.valid_from:
        return current
    days = current.transition_days.get(kind)
    if days is None or rated_on > current.valid_from + timedelta(days=days):
        return current
    return scheme_on(known, current.valid_from - timedelta(days=1)) or current


def competent_levels(scheme: Scheme, stars: int, day: date) -> tuple[str, ...]:
    """Return the levels whose council may award `stars` on `day`."""
    return tuple(
        award.level
        for award in scheme.awards
        if stars in award.stars and _holds(award.valid_from, award.valid_to, day)
    )


def may_award(scheme: Scheme, level: str, stars: int, day: date) -> bool:
    """Tell whether the council of `level` may award `stars` on `day`."""
    return level in competent_levels(scheme, stars, day)


def is_proposed(award: tuple[str, int], earned: int | None, scheme: Scheme, day: date) -> bool:
    """Tell whether a level gives the most that it may on `day`, and proposes what was earned."""
    level, stars = award
    own = (
        max(item.stars)
        for item in scheme.awards
        if item.level == level and _holds(item.valid_from, item.valid_to, day)
    )
    return earned is not None and stars == max(own, default=None) and stars < earned


def last_valid_day(valid_from: date, *, months: int) -> date:
    """Return the last day of a certificate that is valid for `months` from a day on."""
    years, month = divmod(valid_from.month - 1 + months, 12)
    year, month = valid_from.year + years, month + 1
    length = monthrange(year, month)[1]
    if valid_from.day > length:  # from 29 February on: to the 28th
        return date(year, month, length)
    return date(year, month, valid_from.day) - timedelta(days=1)


def _holds(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or day <= end)
