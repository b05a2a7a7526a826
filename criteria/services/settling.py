"""Settling the titles of units that others were formed from, by the rules on mergers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from communes.services import mark_stale
from criteria.models import Recognition, RecognitionEvent
from criteria.recognition import policies
from criteria.recognition.mergers import open_titles
from criteria.services.recognition_steps import Kind, event_of, lock_units, tell_change
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from criteria.recognition.mergers import PassedTitle
    from criteria.scoring.mergers import MergerRule
    from ntm_portal.accounts.models import User

_LONGEST_NUMBER = 100


@transaction.atomic
def settle_titles(unit_ids: Collection[int], *, by: User) -> list[Recognition]:
    """Write what became of the titles of the units that these were formed from; safe to repeat.

    An inherited title is in force from the day of the change, a lost one never. What nobody
    knows a rule for stays open.
    """
    units = lock_units(unit_ids)
    if not all(policies.may_record(by.scope, unit) for unit in units.values()):
        raise DomainError(_("You may not record decisions for these units."), code="not-allowed")
    rows = Recognition.objects.bulk_create(
        _settled(passed, passed.rule, by) for passed in open_titles(units) if passed.rule
    )
    RecognitionEvent.objects.bulk_create(
        event_of(row, Kind.SETTLED, by=by, reason=row.revocation_reason) for row in rows
    )
    for row in rows:
        row.unit = units[row.unit_id]
    tell_change(*rows, by=by)
    changed: defaultdict[date, set[int]] = defaultdict(set)
    for row in rows:
        changed[row.decision_date].add(row.unit_id)
    for day, changed_ids in changed.items():
        mark_stale(changed_ids, since=day)
    return rows


def _settled(passed: PassedTitle, rule: MergerRule, by: User) -> Recognition:
    is_lost = rule.status == Recognition.MergerStatus.LOST
    numbers = ", ".join(item.decision_number for item in passed.held)
    return Recognition(
        unit_id=passed.unit_id,
        standard=passed.standard,
        standard_year=max(item.standard_year for item in passed.held),
        decision_number=(passed.formers[0].succession.legal_ref or numbers)[:_LONGEST_NUMBER],
        decision_date=passed.effective_date,
        authority=rule.legal_ref,
        merger_status=rule.status or "",
        merger_rule=rule.code,
        revoked_on=passed.effective_date if is_lost else None,
        revocation_reason=rule.name if is_lost else "",
        recorded_by=by,
    )
