"""Stars of a product from a council's score, pure: bands and awards in, stars out."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

NO_STARS = 0
LEAST_TOTAL, GREATEST_TOTAL = Decimal(0), Decimal(100)


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
class Scheme:
    """The rules by which products are graded in a time."""

    code: str
    valid_from: date
    valid_to: date | None
    validity_months: int
    bands: tuple[Band, ...]
    awards: tuple[Award, ...]


def scheme_on(schemes: Iterable[Scheme], day: date) -> Scheme | None:
    """Return the scheme in force on `day`, the newer one where two overlap."""
    in_force = [scheme for scheme in schemes if _holds(scheme.valid_from, scheme.valid_to, day)]
    return max(in_force, key=lambda scheme: scheme.valid_from, default=None)


def mean_total(totals: Sequence[Decimal]) -> Decimal:
    """Return the mean of the members' totals, unrounded, as the bands are compared with it."""
    return sum(totals, start=LEAST_TOTAL) / len(totals)


def stars(total: Decimal, *, minimum_met: bool, bands: Iterable[Band]) -> int:
    """Return the stars of a total; a high score without the minimum conditions earns none.

    A mean between two whole-point bands of 2019 (89.5) stays in the lower one.
    """
    if not LEAST_TOTAL <= total <= GREATEST_TOTAL:
        raise ValueError(total)
    if not minimum_met:
        return NO_STARS
    return max((band.stars for band in bands if total >= band.least), default=NO_STARS)


def may_award(scheme: Scheme, level: str, stars: int, day: date) -> bool:
    """Tell whether the council of `level` may award `stars` on `day`."""
    return any(
        award.level == level
        and stars in award.stars
        and _holds(award.valid_from, award.valid_to, day)
        for award in scheme.awards
    )


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
