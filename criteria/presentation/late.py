"""What a page says of entering late: the reasons that were given, and whether one is owed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.services.late import standing_reasons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from criteria.models import Assessment, LateEntry
    from ntm_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Lateness:
    """The reasons given in an assessment, and the reader's own that still stands."""

    entries: tuple[LateEntry, ...] = ()
    standing: LateEntry | None = None
    is_owed: bool = False


def lateness_of(assessment: Assessment, reader: User, *, may_type: bool) -> Lateness:
    """Load what the page of an assessment says; two queries, none while its round is open."""
    if assessment.round.is_open:
        return Lateness()
    entries = tuple(assessment.late_entries.select_related("by"))
    types_late = may_type and assessment.round.is_closed
    standing = standing_reasons([assessment], reader).get(assessment.pk) if types_late else None
    return Lateness(entries, standing, is_owed=types_late and standing is None)


def owes_reason(assessments: Iterable[Assessment], reader: User) -> bool:
    """Tell whether she has to say why before she enters in all of these; one query at most."""
    closed = [item for item in assessments if item.round.is_closed]
    return bool(closed) and len(standing_reasons(closed, reader)) < len(closed)
