"""What cannot stand in a yearly return, each with its sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cooperatives.rating import GREATEST_SCORE, LEAST_SCORE, rule_on
from cooperatives.rulebooks import rating_rules
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.numbers import format_decimal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cooperatives.models import Cooperative
    from cooperatives.rating import Rule
    from cooperatives.services.returns import ReturnEntry

AMOUNTS = ("revenue_million_vnd", "capital_million_vnd")
MONTHS = 12


def check_entry(
    cooperative: Cooperative, year: int, entry: ReturnEntry, *, today: date
) -> Decimal | None:
    """Return the score, added up where only points were typed; raise DomainError at a fault."""
    _check_year(cooperative, year, today)
    if any((getattr(entry, name) or 0) < 0 for name in AMOUNTS):
        sentence = _("Capital and revenue cannot be below 0.")
        raise DomainError(sentence, code="negative-amount")
    if not 0 <= entry.months_stopped <= MONTHS:
        raise DomainError(_("A year has 12 months."), code="bad-months")
    if entry.women_members is not None and entry.women_members > (entry.members or 0):
        sentence = _("There cannot be more women than members.")
        raise DomainError(sentence, code="women-above-members")
    rule = rule_on(rating_rules(), date(year, 12, 31))
    return _score(entry, rule)


def _check_year(cooperative: Cooperative, year: int, today: date) -> None:
    if year > today.year:
        raise DomainError(_("This year has not begun."), code="bad-year")
    if year < cooperative.registered_on.year:
        raise DomainError(_("It was not registered in that year yet."), code="bad-year")
    if cooperative.dissolved_on is not None and year > cooperative.dissolved_on.year:
        raise DomainError(_("It had ended before that year."), code="bad-year")


def _score(entry: ReturnEntry, rule: Rule | None) -> Decimal | None:
    total = _sum(entry.scores, rule)
    score = entry.score if entry.score is not None else total
    if score is not None and not LEAST_SCORE <= score <= GREATEST_SCORE:
        raise DomainError(_("The score lies between 0 and 100."), code="bad-score")
    if total is not None and total != score:
        sentence = _("The points add up to %(total)s, not to %(score)s.")
        words = {"total": format_decimal(total), "score": format_decimal(score or 0)}
        raise DomainError(sentence % words, code="sum-differs")
    return score


def _sum(scores: Mapping[str, Decimal], rule: Rule | None) -> Decimal | None:
    if not scores or rule is None:
        return None
    criteria = {item.code: item for item in rule.criteria}
    for code, points in scores.items():
        if code not in criteria:
            sentence = _("The rule of this year has no criterion %(code)s.")
            raise DomainError(sentence % {"code": code}, code=f"points-{code}")
        most = criteria[code].most
        if points < 0 or (most is not None and points > most):
            sentence = _("Criterion %(code)s gives 0 to %(most)s points.")
            words = {"code": code, "most": format_decimal(most or GREATEST_SCORE)}
            raise DomainError(sentence % words, code=f"points-{code}")
    return sum(scores.values(), start=Decimal(0)) if len(scores) == len(criteria) else None
