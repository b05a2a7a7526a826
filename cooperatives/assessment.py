"""What the portal works out about a return by itself: rating, size, and whether it is effective."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cooperatives.rating import (
    Rating,
    effective_rule_on,
    is_effective,
    rate,
    rule_on,
    size_of,
    size_rule_on,
)
from cooperatives.rulebooks import effective_rules, rating_rules, size_rules

if TYPE_CHECKING:
    from cooperatives.models import YearlyReturn

WORKED_OUT = (
    "rating",
    "rule_code",
    "is_effective",
    "effective_rule_code",
    "size",
    "size_rule_code",
)


def rate_return(row: YearlyReturn) -> None:
    """Set rating, size, effect and their rules, by what was in force at the end of its year.

    A cooperative registered within the year did not work all of it, so it is not rated.
    """
    year_end = date(row.year, 12, 31)
    _set_size(row, year_end)
    rule = rule_on(rating_rules(), year_end)
    effective = effective_rule_on(effective_rules(), year_end)
    if rule is None or effective is None:
        row.rating, row.rule_code, row.is_effective = Rating.NOT_RATED, "", False
        row.effective_rule_code = ""
        return
    registered = row.cooperative.registered_on
    months = 12 if registered < date(row.year, 1, 2) else year_end.month - registered.month
    rating = rate(row.score, rule=rule, months_active=months, months_stopped=row.months_stopped)
    row.rating, row.rule_code = rating, rule.code
    row.is_effective = is_effective(rating, rule=effective)
    row.effective_rule_code = effective.code


def _set_size(row: YearlyReturn, year_end: date) -> None:
    rule = size_rule_on(size_rules(), year_end)
    row.size = row.size_rule_code = ""
    if rule is not None:
        row.size = size_of(row.members, row.revenue_million_vnd, row.capital_million_vnd, rule=rule)
        row.size_rule_code = rule.code
