"""Values of one assessment, sent by somebody who says how she saw it stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from communes.change_models import Change
from criteria.models import IndicatorValue
from criteria.services.pushing import push
from criteria.services.steps import lock_assessment
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from criteria.scoring.verdicts import Typed
    from criteria.services.pushing import Pushed, Row
    from ntm_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Apart:
    """What somebody wanted to write, by its place in what was sent, and what stands there."""

    row: int
    measure: str
    mine: Typed
    theirs: Typed
    version: int


class SeenOtherwise(DomainError):  # noqa: N818  (a refusal, not an error)
    """The assessment changed after it was seen: nothing was written; `apart` holds both values."""

    def __init__(self, apart: Sequence[Apart]) -> None:
        self.apart = tuple(apart)
        sentence = _("The assessment changed since you read it. Nothing was saved: read it again.")
        super().__init__(sentence, code="changed-meanwhile")


@transaction.atomic
def push_seen(
    assessment_id: int,
    rows: Sequence[Row | DomainError],
    *,
    by: User,
    seen: Collection[int] | None,
    is_all_or_nothing: bool = True,
    is_trial: bool = False,
) -> Pushed:
    """Save the rows as `push` does, if the last change of the assessment is one of `seen`.

    The assessment is held first, so nothing can change between the look and the writing. Without
    `seen` only the versions of the rows are held to.
    """
    assessment = lock_assessment(assessment_id)
    if seen is not None and last_change(assessment.pk) not in seen:
        raise SeenOtherwise(list(_apart(assessment.pk, rows)))
    return push(rows, by=by, is_all_or_nothing=is_all_or_nothing, is_trial=is_trial)


def last_change(assessment_id: int) -> int:
    """Return the number of the last change of the assessment in the order of the commits."""
    return Change.objects.of(Change.Kind.ASSESSMENT, assessment_id).last_seq()


def _apart(assessment_id: int, rows: Sequence[Row | DomainError]) -> Iterable[Apart]:
    values = IndicatorValue.objects.filter(assessment=assessment_id).select_related("measure")
    standing = {value.measure.code: value for value in values}
    for index, row in enumerate(rows):
        if isinstance(row, DomainError):
            continue
        value = standing.get(row.measure)
        theirs = value.typed if value else None
        if theirs != row.typed:
            yield Apart(index, row.measure, row.typed, theirs, value.version if value else 0)
