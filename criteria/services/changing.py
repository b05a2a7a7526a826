"""A value that changes: what an entry changes, written, recorded, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from communes.changes import Kind, record_changes
from communes.services import mark_stale
from criteria.models import Assessment, AssessmentEvent, IndicatorValue, ValueChange
from criteria.models.assessments import VerdictChoice
from criteria.scoring.verdicts import NOT_ASSESSED, Typed
from criteria.services.ranges import refuse_leaving_out, refuse_out_of_range
from criteria.services.steps import change_of
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.writing_over import write_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from criteria.models import Measure
    from ntm_portal.accounts.models import User

Status = Assessment.Status
BATCH = 500
WRITTEN = (
    "number",
    "is_not_assessed",
    "is_carried",
    "version",
    "verdict",
    "threshold",
    "distance",
    "updated_at",
    "updated_by",
    "late",
)


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
class Change:
    """A value as it is typed now, and what stood before."""

    value: IndicatorValue
    old: Typed


def changes_of(
    entry: Entry, measures: Mapping[str, Measure], standing: Mapping[int, IndicatorValue]
) -> Iterator[Change]:
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
            yield Change(value, None)
        return
    if value.typed != entry.typed and value.version != entry.seen_version:
        raise ValueConflict(value, entry.typed)
    if value.typed != entry.typed or value.is_carried:
        old, value.typed = value.typed, entry.typed
        yield Change(value, old)


def _refuse(measure: Measure, typed: Typed) -> None:
    if typed is NOT_ASSESSED:
        refuse_leaving_out(measure)
    elif typed is not None:
        refuse_out_of_range(measure, typed)


def write_changes(
    changes: Mapping[Assessment, Sequence[Change]],
    *,
    by: User,
    channel: str,
    is_carried: bool = False,
) -> None:
    """Write the values, who changed them, and that their assessments changed; not yet judged.

    Values that are still to be confirmed are marked as carried ones are.
    """
    sign_changes(changes, by=by, is_carried=is_carried)
    write_values(change.value for found in changes.values() for change in found)
    record_values(changes, by=by, channel=channel)


def sign_changes(
    changes: Mapping[Assessment, Sequence[Change]], *, by: User, is_carried: bool = False
) -> None:
    """Put her name under every value that changes; nothing is written."""
    for assessment, found in changes.items():
        for change in found:
            _sign(change.value, assessment, by)
            change.value.is_carried = is_carried


def write_values(values: Iterable[IndicatorValue]) -> None:
    """Write values that are new and values that stand in one statement; they are held."""
    rows = list(values)
    for row in rows:
        row.pk = None  # the database finds each by assessment and measure, and says its key
    IndicatorValue.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["assessment", "measure"],
        update_fields=WRITTEN,
    )


def record_values(
    changes: Mapping[Assessment, Sequence[Change]], *, by: User, channel: str
) -> None:
    """Record who changed the values that were written, and that their assessments changed."""
    changed = [change for found in changes.values() for change in found]
    ValueChange.objects.bulk_create(_event(change, by, channel) for change in changed)
    _touch(changes, by)


def _sign(value: IndicatorValue, assessment: Assessment, by: User) -> None:
    value.assessment = assessment
    value.version += 1
    value.verdict = value.verdict or VerdictChoice.MISSING  # judged before the transaction ends
    value.updated_at, value.updated_by = timezone.now(), by
    value.late = assessment.late_entry


def _event(change: Change, by: User, channel: str) -> ValueChange:
    return ValueChange(
        value=change.value,
        version=change.value.version,
        old_number=None if change.old is NOT_ASSESSED else change.old,
        new_number=change.value.number,
        old_is_not_assessed=change.old is NOT_ASSESSED,
        new_is_not_assessed=change.value.is_not_assessed,
        channel=channel,
        by=by,
        late=change.value.late,
    )


def _touch(changes: Mapping[Assessment, Sequence[Change]], by: User) -> None:
    """Count versions up; what was verified is a draft again, and its event says why."""
    AssessmentEvent.objects.bulk_create(_withdrawals(changes, by))
    stale: defaultdict[date, list[int]] = defaultdict(list)
    for assessment in changes:
        if assessment.status == Status.VERIFIED:
            assessment.status = Status.DRAFT
        assessment.version += 1
        assessment.updated_at = timezone.now()
        stale[assessment.round.reference_date].append(assessment.unit_id)
    write_over(changes, ["status", "version", "updated_at"])
    record_changes(Kind.ASSESSMENT, map(change_of, changes), by=by)
    for since, unit_ids in stale.items():
        mark_stale(unit_ids, since=since)


def _withdrawals(
    changes: Mapping[Assessment, Sequence[Change]], by: User
) -> Iterable[AssessmentEvent]:
    for assessment, found in changes.items():
        if assessment.status != Status.VERIFIED:
            continue
        codes = ", ".join(change.value.measure.code for change in found)
        reason = _("Changed after verification: %(codes)s.") % {"codes": codes}
        yield AssessmentEvent(
            assessment=assessment,
            by=by,
            from_status=assessment.status,
            to_status=Status.DRAFT,
            reason=reason,
            late=assessment.late_entry,
        )
