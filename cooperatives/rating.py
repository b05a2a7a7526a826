"""Rating and size of a cooperative from its year, pure: rules in, rating, effect and size out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

LEAST_SCORE, GREATEST_SCORE = Decimal(0), Decimal(100)


class Rating(StrEnum):
    """The four ranks, and those whom the rule leaves out."""

    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    WEAK = "weak"
    NOT_RATED = "not_rated"


@dataclass(frozen=True, slots=True)
class Band:
    """The rating that a score of at least `least` earns, up to the next band."""

    rating: Rating
    least: Decimal


@dataclass(frozen=True, slots=True)
class ScoredCriterion:
    """What points are given for; `most` is nothing where it was not read."""

    code: str
    name: str
    most: Decimal | None


@dataclass(frozen=True, slots=True)
class Rule:
    """How a year's score becomes a rating, and who is left out."""

    code: str
    valid_from: date
    valid_to: date | None
    bands: tuple[Band, ...]
    least_months_active: int
    most_months_stopped: int | None
    criteria: tuple[ScoredCriterion, ...] = ()
    name: str = ""
    legal_basis: tuple[str, ...] = ()
    source: str = ""
    note: str = ""
    confidence: str = "read"


@dataclass(frozen=True, slots=True)
class EffectiveRule:
    """Which ratings count as "effective" (hoạt động có hiệu quả); no decree read here says so."""

    code: str
    valid_from: date
    valid_to: date | None
    ratings: frozenset[Rating]
    confidence: str = "read"
    source: str = ""


@dataclass(frozen=True, slots=True)
class SizeClass:
    """A size: so many members, and either so much revenue or so much capital."""

    size: str
    members: int
    revenue_million_vnd: Decimal
    capital_million_vnd: Decimal


@dataclass(frozen=True, slots=True)
class SizeRule:
    """The sizes from a day on, the largest first; the last one takes whoever reaches no other."""

    code: str
    valid_from: date
    valid_to: date | None
    classes: tuple[SizeClass, ...]
    legal_basis: tuple[str, ...] = ()
    confidence: str = "read"


def rule_on(rules: Iterable[Rule], day: date) -> Rule | None:
    """Return the rule to rate by on `day`: the newest of those in force."""
    in_force = [rule for rule in rules if _holds(rule, day)]
    return max(in_force, key=lambda rule: rule.valid_from, default=None)


def effective_rule_on(rules: Iterable[EffectiveRule], day: date) -> EffectiveRule | None:
    """Return what "effective" means on `day`."""
    in_force = [rule for rule in rules if _holds(rule, day)]
    return max(in_force, key=lambda rule: rule.valid_from, default=None)


def rate(
    score: Decimal | None, *, rule: Rule, months_active: int = 12, months_stopped: int = 0
) -> Rating:
    """Return the rating of a year; a cooperative too new or too long stopped is not rated."""
    if score is None or months_active < rule.least_months_active:
        return Rating.NOT_RATED
    if rule.most_months_stopped is not None and months_stopped > rule.most_months_stopped:
        return Rating.NOT_RATED
    if not LEAST_SCORE <= score <= GREATEST_SCORE:
        raise ValueError(score)
    return max((band for band in rule.bands if score >= band.least), key=_least).rating


def is_effective(rating: Rating, *, rule: EffectiveRule) -> bool:
    """Tell whether a rating counts as effective under `rule`."""
    return rating in rule.ratings


def size_rule_on(rules: Iterable[SizeRule], day: date) -> SizeRule | None:
    """Return how sizes are told on `day`; nothing where no rule gives a single one."""
    in_force = [rule for rule in rules if _holds(rule, day)]
    return max(in_force, key=lambda rule: rule.valid_from, default=None)


def size_of(
    members: int | None, revenue: Decimal | None, capital: Decimal | None, *, rule: SizeRule
) -> str:
    """Return the size; nothing where a figure that could decide is not known.

    Size says nothing about quality: it is kept apart from the rating.
    """
    if members is None or (revenue is None and capital is None):
        return ""
    for line in rule.classes[:-1]:
        if members >= line.members and (
            (revenue is not None and revenue >= line.revenue_million_vnd)
            or (capital is not None and capital >= line.capital_million_vnd)
        ):
            return line.size
    return rule.classes[-1].size


def _least(band: Band) -> Decimal:
    return band.least


def _holds(rule: Rule | EffectiveRule | SizeRule, day: date) -> bool:
    return rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to)
