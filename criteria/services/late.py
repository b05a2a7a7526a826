"""Entering after a round has closed: only with a reason, which marks what is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.models import LateEntry, ReportingRound
from criteria.models.late import LONGEST_REASON
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from criteria.models import Assessment
    from ntm_portal.accounts.models import User

LATE_REASON_REQUIRED = "late-reason-required"


class LateReasonRequired(DomainError):  # noqa: N818  (a refusal, not an error)
    """The round has closed: nothing is entered before she says why."""

    def __init__(self, round_: ReportingRound) -> None:
        sentence = _("Round %(round)s is closed: say why you enter after that, then save again.")
        super().__init__(sentence % {"round": round_.code}, code=LATE_REASON_REQUIRED)


def enter_late(assessment: Assessment, *, by: User, reason: str = "") -> None:
    """Note why she enters in a closed round; refuse where she neither says nor said why.

    In an open round nothing is asked. The assessment is held.
    """
    for refusal in enter_many_late([assessment], {assessment.pk: reason}, by=by).values():
        raise refusal


def enter_many_late(
    assessments: Iterable[Assessment], reasons: Mapping[int, str], *, by: User
) -> dict[int, DomainError]:
    """Do for many what `enter_late` does for one; return the refusals by assessment id.

    Two queries if any of their rounds is closed, else none. Each assessment knows afterwards by
    which reason what is written now is written late.
    """
    closed = [item for item in assessments if item.round.is_closed]
    if not closed:
        return {}
    standing = standing_reasons(closed, by)
    refusals: dict[int, DomainError] = {}
    news = []
    for item in closed:
        reason = reasons.get(item.pk, "").strip()
        item.late_entry = standing.get(item.pk)
        if len(reason) > LONGEST_REASON:
            sentence = _("A reason has at most %(most)s letters.") % {"most": LONGEST_REASON}
            refusals[item.pk] = DomainError(sentence, code=LATE_REASON_REQUIRED)
        elif reason and (item.late_entry is None or item.late_entry.reason != reason):
            item.late_entry = LateEntry(assessment=item, by=by, reason=reason)
            news.append(item.late_entry)
        elif item.late_entry is None:
            refusals[item.pk] = LateReasonRequired(item.round)
    LateEntry.objects.bulk_create(news)
    return refusals


def standing_reasons(assessments: Iterable[Assessment], by: User) -> dict[int, LateEntry]:
    """Return her reasons that still stand, by assessment id; one query."""
    ids = [item.pk for item in assessments]
    entries = LateEntry.objects.filter(assessment__in=ids, by=by).standing()
    return {entry.assessment_id: entry for entry in entries}
