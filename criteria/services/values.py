"""Typing values: one or many at once, judged as they are saved, never over one unseen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from criteria.assessment import rejudge
from criteria.models import ValueChange
from criteria.services.changing import Change, Entry, ValueConflict, changes_of, write_changes
from criteria.services.checks import check_typing
from criteria.services.steps import asked_measures, lock_assessment
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from criteria.models import Assessment, IndicatorValue
    from criteria.scoring.verdicts import Typed
    from ntm_portal.accounts.models import User

Channel = ValueChange.Channel
__all__ = ["Entry", "Saved", "ValueConflict", "confirm_carried", "save_value", "save_values"]


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the entries: the codes that stand as typed, and the refusals by code."""

    accepted: set[str] = field(default_factory=set)
    refused: dict[str, DomainError] = field(default_factory=dict)


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
    assessment_id: int, entries: Iterable[Entry], *, by: User, channel: str = Channel.FORM
) -> Saved:
    """Save every entry that holds and report the others; the number of queries is fixed.

    What refuses the whole assessment (reach, round, unit, review) raises DomainError.
    """
    assessment = _lock_for_typing(assessment_id, by)
    measures = {measure.code: measure for measure in asked_measures(assessment)}
    standing = {value.measure_id: value for value in _values_of(assessment)}
    saved = Saved()
    changes: list[Change] = []
    for entry in {entry.code: entry for entry in entries}.values():
        try:
            changes += changes_of(entry, measures, standing)
            saved.accepted.add(entry.code)
        except DomainError as refusal:
            saved.refused[entry.code] = refusal
    _write(assessment, changes, by=by, channel=channel)
    return saved


@transaction.atomic
def confirm_carried(assessment_id: int, *, by: User) -> int:
    """Take every value carried from the round before as typed by her; return how many."""
    assessment = _lock_for_typing(assessment_id, by)
    carried = [value for value in _values_of(assessment) if value.is_carried]
    changes = [Change(value, value.typed) for value in carried]
    _write(assessment, changes, by=by, channel=Channel.FORM)
    return len(changes)


def _lock_for_typing(assessment_id: int, by: User) -> Assessment:
    assessment = lock_assessment(assessment_id)
    check_typing(assessment, by)
    return assessment


def _values_of(assessment: Assessment) -> QuerySet[IndicatorValue]:
    return assessment.values.select_related("measure", "updated_by")


def _write(assessment: Assessment, changes: Sequence[Change], *, by: User, channel: str) -> None:
    if not changes:
        return
    write_changes({assessment: changes}, by=by, channel=channel)
    rejudge([assessment.pk])
