"""Typing values: one or many at once, judged as they are saved, never over one unseen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from criteria.assessment import write_outcomes
from criteria.models import ValueChange
from criteria.models.assessments import Basis
from criteria.services.changing import (
    Change,
    Entry,
    ValueConflict,
    changes_of,
    record_values,
    sign_changes,
    write_values,
)
from criteria.services.checks import check_typing
from criteria.services.judged import Judged, judge_stored
from criteria.services.late import enter_late
from criteria.services.steps import lock_assessment
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from criteria.models import IndicatorValue
    from criteria.scoring.verdicts import Typed
    from ntm_portal.accounts.models import User

Channel = ValueChange.Channel
__all__ = ["Entry", "Saved", "ValueConflict", "confirm_carried", "save_value", "save_values"]


@dataclass(slots=True)
class Saved:
    """What became of the entries: the codes that stand as typed, and the refusals by code.

    `confirmed` counts the carried values taken as they stand; `judged` is how all stands now.
    """

    judged: Judged
    accepted: set[str] = field(default_factory=set)
    refused: dict[str, DomainError] = field(default_factory=dict)
    confirmed: int = 0


def save_value(
    assessment_id: int,
    measure_code: str,
    typed: Typed,
    *,
    seen_version: int | None,
    by: User,
    channel: str = Channel.FORM,
) -> None:
    """Save one value, judged at once; raise DomainError with its sentence when it is refused."""
    entry = Entry(measure_code, typed, seen_version)
    for refusal in save_values(assessment_id, [entry], by=by, channel=channel).refused.values():
        raise refusal


@transaction.atomic
def save_values(
    assessment_id: int,
    entries: Iterable[Entry],
    *,
    by: User,
    channel: str = Channel.FORM,
    confirms_carried: bool = False,
    late_reason: str = "",
) -> Saved:
    """Save every entry that holds and report the others; the number of queries is fixed.

    What refuses the whole assessment (reach, round, unit, review, no `late_reason` where one is
    owed) raises DomainError. With
    `confirms_carried` every value carried from the round before is taken as typed by her.
    """
    assessment = lock_assessment(assessment_id)
    check_typing(assessment, by)
    saved = Saved(judge_stored(assessment))
    changes: list[Change] = []
    for entry in {entry.code: entry for entry in entries}.values():
        try:
            changes += changes_of(entry, saved.judged.measures, saved.judged.values)
            saved.accepted.add(entry.code)
        except DomainError as refusal:
            saved.refused[entry.code] = refusal
    if confirms_carried:
        carried = list(_carried_beside(changes, saved))
        changes += carried
        saved.confirmed = len(carried)
    if changes:
        enter_late(assessment, by=by, reason=late_reason)
    _write(saved.judged, changes, by=by, channel=channel)
    return saved


def confirm_carried(assessment_id: int, *, by: User) -> int:
    """Take every value carried from the round before as typed by her; return how many."""
    return save_values(assessment_id, [], by=by, confirms_carried=True).confirmed


def _carried_beside(changes: Sequence[Change], saved: Saved) -> Iterator[Change]:
    """Yield the carried values for which nothing else was typed."""
    typed = {change.value.measure_id for change in changes}
    refused = saved.refused.keys()
    for measure in saved.judged.measures.values():
        value = saved.judged.values.get(measure.pk)
        if value and value.is_carried and measure.pk not in typed and measure.code not in refused:
            yield Change(value, value.typed)


def _write(judged: Judged, changes: Sequence[Change], *, by: User, channel: str) -> None:
    """Write what changed with its verdicts, and the verdicts that changed beside it."""
    if not changes:
        return
    changed = {judged.assessment: changes}
    sign_changes(changed, by=by)
    values = {change.value.measure_id: change.value for change in changes}
    judged.values |= values
    values |= {pk: value for pk, value in judged.values.items() if _is_judged_anew(judged, value)}
    write_values(values.values())
    record_values(changed, by=by, channel=channel)
    write_outcomes({(judged.assessment.pk, Basis.REPORTED): judged.judgement}, judged.spec)


def _is_judged_anew(judged: Judged, value: IndicatorValue) -> bool:
    """Set the verdict of a value; tell whether it is another than the one that stands."""
    found = judged.judgement.measures.get(value.measure_id)
    if found is None:
        return False  # a measure that an amendment closed: kept, no longer judged
    stood = (value.verdict, value.threshold_id, value.distance)
    value.verdict, value.distance = found.verdict, found.distance
    value.threshold_id = found.rule.id if found.rule else None
    return stood != (value.verdict, value.threshold_id, value.distance)
