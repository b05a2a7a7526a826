"""What awaits a verifier in a round: communes in which nothing changed, and those that did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.models import Assessment, Measure
from criteria.services.last_verified import changed_measures, newly_backed

if TYPE_CHECKING:
    from collections.abc import Collection

    from criteria.models import ReportingRound
    from ntm_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Awaiting:
    """One commune that was sent, with the codes of what changed since it was last verified."""

    assessment: Assessment
    changed: tuple[str, ...]
    backed: tuple[str, ...]
    is_own: bool

    @property
    def is_unchanged(self) -> bool:
        """Tell whether it may be verified together with others."""
        return not (self.changed or self.backed or self.is_own)


@dataclass(frozen=True, slots=True)
class ReviewList:
    """Everything the page shows, for one verifier."""

    round: ReportingRound
    unchanged: tuple[Awaiting, ...]
    changed: tuple[Awaiting, ...]


def load_review(round_: ReportingRound, reader: User) -> ReviewList:
    """Load what awaits the reader; seven queries, however much there is."""
    rows = Assessment.objects.filter(round=round_).within(reader.scope.verify).with_verifier()
    loaded = rows.select_related("unit__parent", "round", "submitted_by").telling_late()
    awaiting = _awaiting(list(loaded), reader)
    return ReviewList(
        round=round_,
        unchanged=tuple(item for item in awaiting if item.is_unchanged),
        changed=tuple(
            sorted((item for item in awaiting if not item.is_unchanged), key=lambda it: it.is_own)
        ),
    )


def _awaiting(assessments: Collection[Assessment], reader: User) -> list[Awaiting]:
    changed, backed = changed_measures(assessments), newly_backed(assessments)
    touched = set().union(*changed.values(), *backed.values())
    codes = Measure.objects.filter(pk__in=touched).values_list("pk", "code")
    order = {pk: (place, code) for place, (pk, code) in enumerate(codes)}

    def named(measures: set[int]) -> tuple[str, ...]:
        return tuple(code for _place, code in sorted(order[pk] for pk in measures))

    return [
        Awaiting(
            assessment=item,
            changed=named(changed[item.pk]),
            backed=named(backed[item.pk]),
            is_own=item.submitted_by_id == reader.pk,
        )
        for item in assessments
    ]
