"""Typing values: one or many at once, judged as they are saved, never over one unseen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.assessment import rejudge
from criteria.models import Assessment, IndicatorValue, Measure, ValueChange
from criteria.models.assessments import VerdictChoice
from criteria.scoring.verdicts import NOT_ASSESSED, Typed
from criteria.services.checks import check_typing
from criteria.services.ranges import refuse_leaving_out, refuse_out_of_range
from criteria.services.steps import (
    asked_measures,
    lock_assessment,
    record_step,
    tell_change,
)
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet

    from ntm_portal.accounts.models import User

Status = Assessment.Status
Channel = ValueChange.Channel
WRITTEN = ("number", "is_not_assessed", "is_carried", "version", "updated_at", "updated_by")


class ValueConflict(DomainError):  # noqa: N818  (a refusal, not an error)
    """Somebody changed the value after it was last seen: `theirs` stands, `mine` was typed."""

    def __init__(self, theirs: IndicatorValue, mine: Typed) -> None:
        self.theirs = theirs
        self.mine = mine
        sentence = _("Somebody else changed this value meanwhile: choose which one stands.")
        super().__init__(sentence, code="conflict")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is typed for a measure, and the version of the value she saw (None: no value yet).

    `NOT_ASSESSED` in the place of a number leaves it out, where the law lets it be.
    """

    code: str
    typed: Typed
    seen_version: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the entries: the codes that stand as typed, and the refusals by code."""

    accepted: set[str] = field(default_factory=set)
    refused: dict[str, DomainError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Change:
    value: IndicatorValue
    old: Typed


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
    changes: list[_Change] = []
    for entry in {entry.code: entry for entry in entries}.values():
        try:
            changes += _changes(entry, measures, standing)
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
    changes = [_Change(value, value.typed) for value in carried]
    _write(assessment, changes, by=by, channel=Channel.FORM)
    return len(changes)


def _lock_for_typing(assessment_id: int, by: User) -> Assessment:
    assessment = lock_assessment(assessment_id)
    check_typing(assessment, by)
    return assessment


def _values_of(assessment: Assessment) -> QuerySet[IndicatorValue]:
    return assessment.values.select_related("measure", "updated_by")


def _changes(
    entry: Entry, measures: Mapping[str, Measure], standing: Mapping[int, IndicatorValue]
) -> Iterator[_Change]:
    """Yield what the entry changes: nothing when it says what stands already."""
    if (measure := measures.get(entry.code)) is None:
        sentence = _("This criteria set has no indicator “%(code)s”.") % {"code": entry.code}
        raise DomainError(sentence, code="unknown-measure")
    _refuse(measure, entry.typed)
    value = standing.get(measure.pk)
    if value is None:
        if entry.typed is not None:
            value = IndicatorValue(measure=measure, version=0)
            value.typed = entry.typed
            yield _Change(value, None)
        return
    if value.typed != entry.typed and value.version != entry.seen_version:
        raise ValueConflict(value, entry.typed)
    if value.typed != entry.typed or value.is_carried:
        old, value.typed = value.typed, entry.typed
        yield _Change(value, old)


def _refuse(measure: Measure, typed: Typed) -> None:
    if typed is NOT_ASSESSED:
        refuse_leaving_out(measure)
    elif typed is not None:
        refuse_out_of_range(measure, typed)


def _write(assessment: Assessment, changes: Sequence[_Change], *, by: User, channel: str) -> None:
    if not changes:
        return
    for change in changes:
        _sign(change.value, assessment, by)
    new = [change.value for change in changes if change.value.pk is None]
    IndicatorValue.objects.bulk_update(
        [change.value for change in changes if change.value.pk is not None], WRITTEN
    )
    IndicatorValue.objects.bulk_create(new)
    ValueChange.objects.bulk_create(_event(change, by, channel) for change in changes)
    rejudge([assessment.pk])
    _touch(assessment, changes, by)


def _sign(value: IndicatorValue, assessment: Assessment, by: User) -> None:
    value.assessment = assessment
    value.is_carried = False
    value.version += 1
    value.verdict = value.verdict or VerdictChoice.MISSING  # judged before the transaction ends
    value.updated_at, value.updated_by = timezone.now(), by


def _event(change: _Change, by: User, channel: str) -> ValueChange:
    return ValueChange(
        value=change.value,
        version=change.value.version,
        old_number=None if change.old is NOT_ASSESSED else change.old,
        new_number=change.value.number,
        old_is_not_assessed=change.old is NOT_ASSESSED,
        new_is_not_assessed=change.value.is_not_assessed,
        channel=channel,
        by=by,
    )


def _touch(assessment: Assessment, changes: Sequence[_Change], by: User) -> None:
    """Count the version up; what was verified is a draft again, and the event says why."""
    if assessment.status == Status.VERIFIED:
        codes = ", ".join(change.value.measure.code for change in changes)
        reason = _("Changed after verification: %(codes)s.") % {"codes": codes}
        record_step(assessment, Status.DRAFT, by=by, reason=reason)
        return
    assessment.version += 1
    assessment.save(update_fields=["version", "updated_at"])
    tell_change(assessment, by=by)
