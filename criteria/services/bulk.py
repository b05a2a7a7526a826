"""Typing values for many communes at once: all or nothing, or each that holds.

The statements do not grow with the rows, apart from their batches: 300 communes are locked,
checked, written, judged and marked together, in the order in which one commune is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.assessment import rejudge
from criteria.assessment.open_rounds import BATCH, parts_of
from criteria.models import IndicatorValue
from criteria.services.changing import changes_of, write_changes
from criteria.services.checks import check_typing
from criteria.services.late import enter_many_late
from criteria.services.steps import asked_measures, lock_assessments
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from criteria.assessment.open_rounds import Part
    from criteria.models import Assessment
    from criteria.services.changing import Change, Entry
    from ntm_portal.accounts.models import User

Reasons = Mapping[int, str]  # why she enters late, by assessment id
NONE: Reasons = {}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one entry cannot be saved; without a code, why nothing of its assessment can."""

    assessment_id: int
    code: str
    error: DomainError


class BulkRefused(DomainError):  # noqa: N818  (a refusal, not an error)
    """Nothing was saved: `refusals` holds every reason, in the order of the entries."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        sentence = ngettext(
            "Nothing was saved: %(count)s value is refused.",
            "Nothing was saved: %(count)s values are refused.",
            len(refusals),
        )
        super().__init__(sentence % {"count": len(refusals)}, code="bulk-refused")


@dataclass(frozen=True, slots=True)
class BulkSaved:
    """How many values changed, in how many assessments; what stood already is not counted."""

    values: int
    assessments: int


@transaction.atomic
def save_many(
    entries: Mapping[int, Sequence[Entry]],
    *,
    by: User,
    channel: str,
    late_reasons: Reasons = NONE,
) -> BulkSaved:
    """Save the entries of many assessments, by assessment id, judged in one pass; all or none.

    Each entry names the version she saw, so nothing is written over what somebody saved since.
    Raises `BulkRefused` with every refusal; the same entries a second time change nothing.
    """
    changes, refusals = _sorted_out(entries, late_reasons, by)
    if refusals:
        raise BulkRefused(refusals)
    return _write(changes, by=by, channel=channel)


@transaction.atomic
def save_what_holds(
    entries: Mapping[int, Sequence[Entry]],
    *,
    by: User,
    channel: str,
    late_reasons: Reasons = NONE,
) -> tuple[BulkSaved, tuple[Refusal, ...]]:
    """Save every entry that holds, as `save_many` does, and return why the others do not."""
    changes, refusals = _sorted_out(entries, late_reasons, by)
    return _write(changes, by=by, channel=channel), tuple(refusals)


def _sorted_out(
    entries: Mapping[int, Sequence[Entry]], reasons: Reasons, by: User
) -> tuple[dict[Assessment, list[Change]], list[Refusal]]:
    """Hold the assessments; return what the entries change in them, and what is refused."""
    assessments = lock_assessments(entries)
    refusals = list(_refused_whole(entries, assessments, by))
    closed = {refusal.assessment_id for refusal in refusals}
    changes: dict[Assessment, list[Change]] = {}
    for part in parts_of(item for pk, item in assessments.items() if pk not in closed):
        changes |= _changes_in(part, entries, refusals)
    without = enter_many_late(changes, reasons, by=by)
    refusals += [Refusal(pk, "", error) for pk, error in without.items()]
    return {item: found for item, found in changes.items() if item.pk not in without}, refusals


def _write(changes: Mapping[Assessment, Sequence[Change]], *, by: User, channel: str) -> BulkSaved:
    """Write the changes and judge what they touch."""
    if not changes:
        return BulkSaved(0, 0)
    write_changes(changes, by=by, channel=channel)
    for part in parts_of(changes):
        ids = [item.pk for item in part.assessments]
        for start in range(0, len(ids), BATCH):
            rejudge(ids[start : start + BATCH])
    return BulkSaved(sum(map(len, changes.values())), len(changes))


def _refused_whole(
    entries: Iterable[int], assessments: Mapping[int, Assessment], by: User
) -> Iterable[Refusal]:
    """Yield the assessments in which she may type nothing; one that is not there sounds alike."""
    for pk in entries:
        if pk not in assessments:
            sentence = _("You may not type values for this unit.")
            yield Refusal(pk, "", DomainError(sentence, code="not-allowed"))
            continue
        try:
            check_typing(assessments[pk], by)
        except DomainError as refusal:
            yield Refusal(pk, "", refusal)


def _changes_in(
    part: Part, entries: Mapping[int, Sequence[Entry]], refusals: list[Refusal]
) -> dict[Assessment, list[Change]]:
    """Return what the entries change in assessments of one round and set, refusals noted."""
    measures = {item.code: item for item in asked_measures(part.assessments[0])}
    codes = {entry.code for item in part.assessments for entry in entries[item.pk]}
    standing = _standing(part.assessments, codes)
    found: dict[Assessment, list[Change]] = {}
    for item in part.assessments:
        changes: list[Change] = []
        for entry in {entry.code: entry for entry in entries[item.pk]}.values():
            try:
                changes += changes_of(entry, measures, standing[item.pk])
            except DomainError as refusal:
                refusals.append(Refusal(item.pk, entry.code, refusal))
        if changes:
            found[item] = changes
    return found


def _standing(
    assessments: Iterable[Assessment], codes: Iterable[str]
) -> defaultdict[int, dict[int, IndicatorValue]]:
    """Return what stands for these measures, by assessment and measure."""
    values = IndicatorValue.objects.filter(
        assessment__in=[item.pk for item in assessments], measure__code__in=codes
    ).select_related("measure", "updated_by")
    standing: defaultdict[int, dict[int, IndicatorValue]] = defaultdict(dict)
    for value in values:
        standing[value.assessment_id][value.measure_id] = value
    return standing
