"""The standings that the law gives units: stated, corrected, and what rests on them judged anew."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from communes.changes import Changed, Kind, record_changes
from communes.models import AdministrativeUnit, Designation
from communes.services import mark_stale
from criteria.assessment.open_rounds import rejudge_open
from criteria.models import Assessment, ReportingRound
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from communes.designation_files import Standing
    from ntm_portal.accounts.models import User
    from ntm_portal.accounts.scope import Scope


@dataclass(frozen=True, slots=True)
class Designated:
    """How many were new, how many were put right, and how many stood so already."""

    added: int
    changed: int
    same: int


def may_designate(scope: Scope, unit: AdministrativeUnit) -> bool:
    """Tell whether she may state it: she administers the area."""
    return scope.may_administer(unit.path)


@transaction.atomic
def designate(standings: Iterable[Standing], *, by: User | None) -> Designated:
    """Write what is stated, whole or not at all, and judge open rounds by it.

    The same unit, kind and first day again puts the last day or the decision right. Periods of
    one kind may not overlap. Without `by` it is the administrator of the machine.
    """
    stated = list(standings)
    if by and not all(may_designate(by.scope, item.unit) for item in stated):
        sentence = _("Only who administers the area states designations.")
        raise DomainError(sentence, code="not-allowed")
    list(ReportingRound.objects.open().select_for_update().order_by("pk"))
    held = _held({item.unit.pk for item in stated})
    added, changed, same = [], [], 0
    for item in stated:
        periods = held[item.unit.pk, item.kind]
        old = next((row for row in periods if row.valid_from == item.valid_from), None)
        _refuse_overlap(item, [row for row in periods if row is not old])
        if old is None:
            row = Designation(
                unit=item.unit,
                kind=item.kind,
                valid_from=item.valid_from,
                valid_to=item.valid_to,
                legal_ref=item.legal_ref,
            )
            added.append(row)
            periods.append(row)
        elif (old.valid_to, old.legal_ref) != (item.valid_to, item.legal_ref):
            old.valid_to, old.legal_ref = item.valid_to, item.legal_ref
            changed.append(old)
        else:
            same += 1
    Designation.objects.bulk_create(added, batch_size=500)
    Designation.objects.bulk_update(changed, ["valid_to", "legal_ref"], batch_size=500)
    _follow([*added, *changed], by)
    return Designated(len(added), len(changed), same)


def _held(unit_ids: set[int]) -> defaultdict[tuple[int, str], list[Designation]]:
    held: defaultdict[tuple[int, str], list[Designation]] = defaultdict(list)
    for row in Designation.objects.filter(unit__in=unit_ids).select_for_update(of=("self",)):
        held[row.unit_id, row.kind].append(row)
    return held


def _refuse_overlap(item: Standing, others: Sequence[Designation]) -> None:
    for row in others:
        begins_after = item.valid_to is not None and item.valid_to < row.valid_from
        ends_before = row.valid_to is not None and row.valid_to < item.valid_from
        if not (begins_after or ends_before):
            sentence = _("%(unit)s (%(code)s) is “%(kind)s” already from %(day)s on.")
            words = {
                "unit": item.unit.label,
                "code": item.unit.code,
                "kind": row.get_kind_display(),
                "day": row.valid_from.isoformat(),
            }
            raise DomainError(sentence % words, code="overlap")


def _follow(rows: Sequence[Designation], by: User | None) -> None:
    """Record the rows and judge what rests on them: open rounds from their first day on."""
    record_changes(Kind.DESIGNATION, (Changed(row.pk, row.unit.path) for row in rows), by=by)
    since: dict[int, date] = {}
    for row in rows:
        since[row.unit_id] = min(row.valid_from, since.get(row.unit_id, row.valid_from))
    by_day: defaultdict[date, list[int]] = defaultdict(list)
    for unit_id, day in since.items():
        by_day[day].append(unit_id)
    for day, unit_ids in by_day.items():
        mark_stale(unit_ids, since=day)
    touched = Assessment.objects.filter(
        unit__in=list(since), round__in=ReportingRound.objects.open()
    ).select_for_update(of=("self",))
    rejudge_open(
        item
        for item in touched.select_related("unit", "round", "criteria_set").order_by("pk")
        if item.round.reference_date >= since[item.unit_id]
    )
