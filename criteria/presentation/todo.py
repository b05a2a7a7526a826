"""What needs the reader now: returned to her, half typed, waiting for her review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.models import Assessment, AssessmentEvent
from criteria.presentation.standings import outcomes_of
from criteria.querysets import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from criteria.models import Outcome
    from criteria.querysets import AssessmentQuerySet
    from ntm_portal.accounts.models import User

MOST_RETURNED = 5
MOST = 12
Status = Assessment.Status


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One commune to act on, with why it came back or how far it is."""

    assessment: Assessment
    outcome: Outcome | None
    event: AssessmentEvent | None


@dataclass(frozen=True, slots=True)
class Todo:
    """The first few of each kind; the filters below lead to the rest."""

    returned: tuple[TodoItem, ...]
    typing: tuple[TodoItem, ...]
    to_review: tuple[TodoItem, ...]
    withdrawn: tuple[TodoItem, ...]  # she verified them, and they changed
    reads_only: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing needs her."""
        return not (self.returned or self.typing or self.to_review or self.withdrawn)


def load_todo(rows: AssessmentQuerySet, reader: User) -> Todo:
    """Load what needs the reader; six queries, however much there is."""
    hers = rows.within(reader.scope.write).for_page()
    latest = hers.order_by("-updated_at")
    returned = list(latest.filter(status=Status.RETURNED)[:MOST_RETURNED])
    typing = list(latest.filter(status=Status.DRAFT, version__gt=0)[:MOST])
    others = rows.within(reader.scope.verify).exclude(submitted_by=reader)
    to_review = list(others.with_verifier().for_page().order_by("submitted_at")[:MOST])
    changed = rows.within(reader.scope.verify).filter(SHOWN["withdrawn"], verified_by=reader)
    withdrawn = list(changed.for_page().order_by("-updated_at")[:MOST])
    outcomes = outcomes_of([*withdrawn, *returned, *typing, *to_review])
    events = _last_events([*returned, *to_review])

    def items(found: Iterable[Assessment]) -> tuple[TodoItem, ...]:
        return tuple(TodoItem(item, outcomes.get(item.pk), events.get(item.pk)) for item in found)

    reads_only = not (reader.scope.write or reader.scope.verify)
    return Todo(items(returned), items(typing), items(to_review), items(withdrawn), reads_only)


def _last_events(assessments: Iterable[Assessment]) -> dict[int, AssessmentEvent]:
    """Return, for each, the event by which it came to stand as it does."""
    events = AssessmentEvent.objects.filter(
        assessment__in=[item.pk for item in assessments],
        to_status__in=[Status.RETURNED, Status.SUBMITTED],
    ).select_related("by")
    return {event.assessment_id: event for event in events}
