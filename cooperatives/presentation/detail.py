"""What the page of one cooperative shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cooperatives import policies
from cooperatives.rating import effective_rule_on, rule_on
from cooperatives.rulebooks import effective_rules, rating_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cooperatives.models import Cooperative, CooperativeStep, YearlyReturn
    from cooperatives.querysets import CooperativeQuerySet
    from cooperatives.rating import EffectiveRule, Rule
    from ntm_portal.accounts.scope import Scope


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A yearly return with the rule that rated it, and what may be done with it."""

    row: YearlyReturn
    rule: Rule | None
    effective_rule: EffectiveRule | None
    may_change: bool
    may_send: bool
    may_verify: bool
    may_give_back: bool


@dataclass(frozen=True, slots=True)
class CooperativePage:
    """Everything the page shows; `missing_year` is one without a return, `says` its last one."""

    row: Cooperative
    returns: Sequence[ReturnLine]
    steps: Sequence[CooperativeStep]
    twins: Sequence[Cooperative]
    missing_year: int | None
    says: YearlyReturn | None
    may_change: bool


def load_page(row: Cooperative, day: date, scope: Scope) -> CooperativePage:
    """Load the page of one cooperative as of `day`."""
    path = row.commune.path
    may_change = policies.may_register(scope, path) and row.duplicate_of_id is None
    returns = list(row.returns.order_by("-year"))
    counting = [item for item in returns if item.counts and item.year <= day.year]
    is_missing = not any(item.year == day.year for item in counting)
    is_active = row.dissolved_on is None and row.registered_on <= day
    return CooperativePage(
        row=row,
        returns=[
            _line(item, may_change=may_change, may_verify=policies.may_verify(scope, path))
            for item in returns
        ],
        steps=list(row.steps.select_related("by").order_by("-pk")[:100]),
        twins=list(_twins(row)) if may_change else [],
        missing_year=day.year if is_missing and is_active else None,
        says=counting[0] if counting else None,
        may_change=may_change,
    )


def _line(row: YearlyReturn, *, may_change: bool, may_verify: bool) -> ReturnLine:
    end = date(row.year, 12, 31)
    status = row.Status
    is_draft = row.status in (status.DRAFT, status.RETURNED)
    return ReturnLine(
        row=row,
        rule=rule_on(rating_rules(), end),
        effective_rule=effective_rule_on(effective_rules(), end),
        may_change=may_change and is_draft,
        may_send=may_change and is_draft,
        may_verify=may_verify and row.status == status.SUBMITTED,
        may_give_back=may_verify and row.status in (status.SUBMITTED, status.VERIFIED),
    )


def _twins(row: Cooperative) -> CooperativeQuerySet:
    """Return those of the same commune that are called the same, tone marks ignored."""
    same = type(row).objects.counted().filter(commune=row.commune_id).exclude(pk=row.pk)
    return same.filter(search_name=row.search_name)[:5]
