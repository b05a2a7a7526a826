"""What the portal works out about a return by itself: its rating and whether it is effective."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cooperatives.rating import Rating, effective_rule_on, is_effective, rate, rule_on
from cooperatives.rulebooks import effective_rules, rating_rules

if TYPE_CHECKING:
    from cooperatives.models import YearlyReturn


def rate_return(row: YearlyReturn) -> None:
    """Set rating, rule and effect of a return, by the rules in force at the end of its year.

    A cooperative registered within the year did not work all of it, so it is not rated.
    """
    year_end = date(row.year, 12, 31)
    rule = rule_on(rating_rules(), year_end)
    effective = effective_rule_on(effective_rules(), year_end)
    if rule is None or effective is None:
        row.rating, row.rule_code, row.is_effective = Rating.NOT_RATED, "", False
        return
    registered = row.cooperative.registered_on
    months = 12 if registered < date(row.year, 1, 2) else year_end.month - registered.month
    rating = rate(row.score, rule=rule, months_active=months)
    row.rating, row.rule_code = rating, rule.code
    row.is_effective = is_effective(rating, rule=effective)
