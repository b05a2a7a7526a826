"""What an officer may send in a round: communes that are complete, and how many are not yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Q, When

from criteria.models import Assessment
from criteria.presentation.late import owes_reason
from criteria.presentation.people import NextPerson
from criteria.presentation.standings import load_standings
from criteria.querysets import SHOWN

if TYPE_CHECKING:
    from criteria.models import ReportingRound
    from criteria.presentation.standings import Standing
    from ntm_portal.accounts.models import User

RETURNED = Assessment.Status.RETURNED


@dataclass(frozen=True, slots=True)
class Sendable:
    """A commune that is complete; what is still carried is not yet confirmed by her."""

    standing: Standing
    carried: int

    @property
    def is_ticked(self) -> bool:
        """Tell whether it is proposed: what came back is sent again only if she says so."""
        return self.standing.assessment.status != RETURNED


@dataclass(frozen=True, slots=True)
class SendingList:
    """Everything the page shows, for one officer."""

    round: ReportingRound
    ready: tuple[Sendable, ...]
    incomplete: int
    owes_reason: bool


def load_sending(round_: ReportingRound, reader: User) -> SendingList:
    """Load what the reader may send; nine queries, however much there is."""
    hers = Assessment.objects.filter(round=round_).within(reader.scope.write).with_officer()
    rows = hers.with_reported().annotate(
        lacks=Case(When(SHOWN["missing"], then=True), default=False),
        carried=Count("values", filter=Q(values__is_carried=True)),
    )
    loaded = list(rows.for_listing().select_related("criteria_set"))
    complete = [item for item in loaded if not vars(item)["lacks"]]
    people = NextPerson.for_reader(reader, reader.scope.write)
    standings = load_standings(round_, complete, people)
    return SendingList(
        round=round_,
        ready=tuple(
            Sendable(standing, vars(item)["carried"])
            for item, standing in zip(complete, standings, strict=True)
        ),
        incomplete=len(loaded) - len(complete),
        owes_reason=owes_reason(complete, reader),
    )
