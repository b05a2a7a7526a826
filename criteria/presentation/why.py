"""Why a value has its verdict: the thresholds, the person, the former values, the neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from communes.models import AdministrativeUnit
from criteria.models import IndicatorValue, Threshold, ValueChange
from criteria.policies import may_set_levels
from criteria.presentation.behind import Behind, behind_of
from criteria.presentation.crumbs import Crumb, crumbs_of
from criteria.presentation.loading import load_judged
from criteria.presentation.wording import number_text
from criteria.services.evidence import may_attach, may_take_part
from criteria.services.judged import judge_stored

if TYPE_CHECKING:
    from criteria.models import Assessment
    from criteria.presentation.rows import ValueRow
    from ntm_portal.accounts.models import User
    from ntm_portal.accounts.scope import Scope

MOST_NEIGHBOURS = 30


class Paper(NamedTuple):
    """How many of each one sheet of A4 holds; the rest stays on the page."""

    changes: int = 6
    neighbours: int = 18
    files: int = 6
    notes: int = 2


@dataclass(frozen=True, slots=True)
class FormerValue:
    """One change, with the numbers as they are read."""

    change: ValueChange
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The same measure in a commune of the same parent."""

    value: IndicatorValue
    shown: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class Why:
    """Everything the page shows."""

    assessment: Assessment
    row: ValueRow
    threshold: Threshold | None
    former: tuple[FormerValue, ...]
    neighbours: tuple[Neighbour, ...]
    crumbs: tuple[Crumb, ...]
    behind: Behind
    may_attach: bool
    may_note: bool
    settable: AdministrativeUnit | None  # the province that owes the level, if she may set it
    paper: Paper

    @property
    def changes_off_paper(self) -> int:
        """Return how many changes are not printed."""
        return max(0, len(self.former) - self.paper.changes)

    @property
    def neighbours_off_paper(self) -> int:
        """Return how many communes beside it are not printed; this one always is."""
        beyond = self.neighbours[self.paper.neighbours :]
        return sum(not neighbour.is_this for neighbour in beyond)

    @property
    def verified(self) -> str:
        """Return the number as it was last verified."""
        verified = self.row.value.verified if self.row.value else None
        return number_text(self.row.measure.kind, verified)


def load_why(assessment: Assessment, code: str, reader: User) -> Why | None:
    """Load the reasons for one value; nothing when the set does not ask for it."""
    judged = load_judged(judge_stored(assessment), {})
    row = next((row for row in judged.rows if row.code == code), None)
    if row is None:
        return None
    rule = row.level.rule
    return Why(
        assessment=assessment,
        row=row,
        threshold=Threshold.objects.filter(pk=rule.id).first() if rule else None,
        former=_former(row),
        neighbours=_neighbours(assessment, row, reader.scope),
        crumbs=crumbs_of(assessment, reader.scope),
        behind=behind_of(assessment, row.measure),
        may_attach=may_attach(assessment, reader),
        may_note=may_take_part(assessment, reader),
        settable=_settable(assessment, row, reader.scope),
        paper=Paper(),
    )


def _settable(assessment: Assessment, row: ValueRow, scope: Scope) -> AdministrativeUnit | None:
    """Return the province that has not set its level, when the reader may set it."""
    if row.level.rule or row.measure.indicator.delegated_to != "province":
        return None
    code, day = assessment.unit.province_code, assessment.round.reference_date
    province = AdministrativeUnit.objects.filter(code=code).on(day).first()
    return province if province and may_set_levels(scope, province) else None


def _former(row: ValueRow) -> tuple[FormerValue, ...]:
    """Return the changes of this round, the latest first."""
    if row.value is None:
        return ()
    kind = row.measure.kind
    changes = row.value.changes.select_related("by", "late").order_by("-version")
    return tuple(
        FormerValue(change, number_text(kind, change.old), number_text(kind, change.new))
        for change in changes
    )


def _neighbours(assessment: Assessment, row: ValueRow, scope: Scope) -> tuple[Neighbour, ...]:
    """Return the same measure in the communes beside, as far as the reader may see them."""
    values = IndicatorValue.objects.filter(
        measure=row.measure,
        assessment__round=assessment.round_id,
        assessment__unit__parent=assessment.unit.parent_id,
    ).exclude(number__isnull=True, is_not_assessed=False)
    kind = row.measure.kind
    return tuple(
        Neighbour(value, number_text(kind, value.typed), value.assessment_id == assessment.pk)
        for value in values.select_related("assessment__unit").order_by("assessment__unit__path")[
            :MOST_NEIGHBOURS
        ]
        if scope.may_read(value.assessment.unit.path)
    )
