"""Comments that come with values from another system, kept as notes on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communes.changes import Kind, record_changes
from criteria.models import Assessment, Measure
from criteria.models.evidence import ValueNote
from criteria.querysets import in_force_on
from criteria.services.steps import change_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ntm_portal.accounts.models import User


def note_comments(comments: Mapping[tuple[int, str], str], *, by: User) -> None:
    """Note each comment, by assessment and code of what is measured, unless it stands there.

    In the caller's transaction, which has found that she may type there.
    """
    if not comments:
        return
    ids = {pk for pk, _code in comments}
    assessments = Assessment.objects.select_related("unit", "round").in_bulk(ids)
    measures = _measures(assessments)
    noted = set(
        ValueNote.objects.filter(assessment__in=ids).values_list("assessment", "measure", "text")
    )
    notes = [
        ValueNote(assessment_id=pk, measure_id=measures[pk, code], text=text, by=by)
        for (pk, code), text in comments.items()
        if (pk, measures[pk, code], text) not in noted
    ]
    ValueNote.objects.bulk_create(notes)
    told = {note.assessment_id for note in notes}
    record_changes(Kind.ASSESSMENT, [change_of(assessments[pk]) for pk in sorted(told)], by=by)


def _measures(assessments: Mapping[int, Assessment]) -> dict[tuple[int, str], int]:
    """Return the measure of each code, as asked in the round of each assessment."""
    found: dict[tuple[int, int], dict[str, int]] = {}
    for each in assessments.values():
        part = (each.criteria_set_id, each.round_id)
        if part not in found:  # as many as rounds and sets are written to: one, as a rule
            asked = Measure.objects.filter(
                in_force_on(each.round.reference_date),
                indicator__criterion__criteria_set=each.criteria_set_id,
            )
            found[part] = dict(asked.values_list("code", "pk"))
    return {
        (pk, code): measure
        for pk, each in assessments.items()
        for code, measure in found[each.criteria_set_id, each.round_id].items()
    }
