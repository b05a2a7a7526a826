"""The page of one assessment: its head, its filters, its criteria with their rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from criteria.merging.formers import successions_to
from criteria.presentation.actions import Actions, actions_of
from criteria.presentation.blocks import CriterionBlock, blocks_of
from criteria.presentation.crumbs import Crumb, crumbs_of
from criteria.presentation.late import Lateness, lateness_of
from criteria.presentation.loading import load_judged
from criteria.presentation.people import next_to_act
from criteria.presentation.pills import (
    EVERYTHING,
    FILTERS,
    REVIEW_FILTERS,
    TO_REVIEW,
    Pill,
    pills_of,
)
from criteria.presentation.wording import name_in_sentence
from criteria.scoring.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from criteria.forms import Answer
    from criteria.models import Assessment, AssessmentEvent
    from criteria.presentation.loading import JudgedAssessment
    from criteria.presentation.rows import ValueRow
    from criteria.services.judged import Judged
    from ntm_portal.accounts.models import User

# Which row the reasons are shown of, before the reader chooses one.
FIRST_EXPLAINED = (
    Verdict.NOT_MET,
    Verdict.MISSING,
    Verdict.UNDETERMINED,
    Verdict.MET,
    Verdict.NOT_APPLICABLE,
)


@dataclass(frozen=True)
class AssessmentPage:
    """Everything the page shows, for one reader."""

    judged: JudgedAssessment
    criteria: tuple[CriterionBlock, ...]
    pills: tuple[Pill, ...]
    show: str
    actions: Actions
    next_person: str
    reader: User
    answers: Mapping[str, Answer]
    late: Lateness

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        """Return the path of units above the page."""
        return crumbs_of(self.assessment, self.reader.scope)

    @property
    def assessment(self) -> Assessment:
        """Return the assessment itself."""
        return self.judged.assessment

    @cached_property
    def returned(self) -> AssessmentEvent | None:
        """Return how it was returned, if it was; asked only where the page says so."""
        if self.assessment.status != self.assessment.Status.RETURNED:
            return None
        events = self.assessment.events.filter(to_status=self.assessment.status)
        return events.select_related("by").last()

    @cached_property
    def withdrawn(self) -> AssessmentEvent | None:
        """Return the change by which it is no longer verified; likewise."""
        verified = self.assessment.Status.VERIFIED
        if self.assessment.verified_at is None or self.assessment.status == verified:
            return None
        events = self.assessment.events.filter(from_status=verified)
        return events.select_related("by").last()

    @property
    def is_formed(self) -> bool:
        """Tell whether the unit was formed by a merger; asked only where the page says so."""
        unit_id = self.assessment.unit_id
        return unit_id in successions_to([unit_id])

    @property
    def unit_name(self) -> str:
        """Return the name of the commune as a sentence writes it."""
        return name_in_sentence(self.assessment.unit)

    @property
    def blocks(self) -> tuple[CriterionBlock, ...]:
        """Return the criteria of which rows are shown."""
        return tuple(block for block in self.criteria if block.rows)

    @property
    def criteria_met(self) -> int:
        """Return how many criteria are met."""
        return self.judged.judgement.count(Verdict.MET)

    @property
    def typed(self) -> int:
        """Return how many values are present."""
        return self.judged.judgement.measures_typed

    @property
    def asked(self) -> int:
        """Return how many values are asked for."""
        return len(self.judged.rows)

    @property
    def is_complete(self) -> bool:
        """Tell whether every value is present."""
        return self.typed == self.asked

    @property
    def carried(self) -> int:
        """Return how many values are those of the round before, not yet confirmed."""
        return sum(1 for row in self.judged.rows if row.state == "carried")

    @property
    def misplaced(self) -> tuple[Answer, ...]:
        """Return the answers for which there is no row: this set does not ask for them."""
        known = {row.code for row in self.judged.rows}
        return tuple(answer for code, answer in self.answers.items() if code not in known)

    @property
    def unsaved(self) -> tuple[ValueRow, ...]:
        """Return the rows with an answer that is not saved."""
        return tuple(row for row in self.judged.rows if row.answer)

    @property
    def is_review_empty(self) -> bool:
        """Tell whether a reviewer sees nothing because nothing changed."""
        return self.show == TO_REVIEW and not self.blocks

    @property
    def explained(self) -> ValueRow | None:
        """Return the row whose reasons are shown first: one with a problem if there is any."""
        rows = [row for block in self.criteria for row in block.rows]
        return min(rows, key=lambda row: FIRST_EXPLAINED.index(row.verdict), default=None)

    def row(self, code: str) -> ValueRow | None:
        """Return the row of a measure."""
        return next((row for row in self.judged.rows if row.code == code), None)

    def block_of(self, code: str) -> CriterionBlock | None:
        """Return the criterion of a measure."""
        row = self.row(code)
        wanted = row.measure.indicator.criterion.code if row else ""
        return next((block for block in self.criteria if block.code == wanted), None)


def load_page(
    stands: Judged,
    *,
    reader: User,
    answers: Mapping[str, Answer] | None = None,
    show: str = "",
) -> AssessmentPage:
    """Load the page for `reader`; what could not be saved is shown whatever the filter.

    Who reviews sees first what changed since the last verification, and may ask for all.
    """
    assessment = stands.assessment
    actions = actions_of(assessment, reader)
    filters = REVIEW_FILTERS if actions.may_review else FILTERS
    judged = load_judged(stands, answers or {}, compares=actions.may_review)
    first = TO_REVIEW if actions.may_review else EVERYTHING
    chosen = show if show in filters else first
    shown = [row for row in judged.rows if row.answer or filters[chosen].keeps(row)]
    return AssessmentPage(
        judged=judged,
        criteria=blocks_of(judged, shown),
        pills=pills_of(judged.rows, chosen, filters),
        show=chosen,
        actions=actions,
        next_person=next_to_act(assessment, reader),
        reader=reader,
        answers=answers or {},
        late=lateness_of(assessment, reader, may_type=actions.may_type),
    )
