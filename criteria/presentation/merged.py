"""The list of units formed by a merger in a round, and how far their review is, by province."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from criteria.merging.formers import formed, successions_to
from criteria.models import Assessment, IndicatorValue
from ntm_portal.lib.text import alphabetical

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import _StrPromise

    from communes.models import Succession
    from criteria.models import ReportingRound
    from criteria.querysets import AssessmentQuerySet
    from ntm_portal.accounts.scope import Scope

PER_PAGE = 50
STATES: Mapping[str, _StrPromise] = {
    "untouched": _("not begun"),
    "marked": _("proposals to confirm"),
    "typing": _("being typed"),
    "submitted": _("sent"),
    "verified": _("verified"),
}
Status = Assessment.Status
WITH_OFFICER = Q(status__in=[Status.DRAFT, Status.RETURNED])
CONDITIONS = {
    "untouched": WITH_OFFICER & Q(typed=0),
    "marked": WITH_OFFICER & Q(typed__gt=0, is_marked=True),
    "typing": WITH_OFFICER & Q(typed__gt=0, is_marked=False),
    "submitted": Q(status=Status.SUBMITTED),
    "verified": Q(status=Status.VERIFIED),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A province with how many of its units stand how."""

    unit: AdministrativeUnit
    total: int
    counts: tuple[int, ...]

    @property
    def done(self) -> int:
        """Return how many are verified."""
        return self.counts[-1]

    @property
    def left(self) -> int:
        """Return how many are not yet assessed."""
        return self.total - self.done


@dataclass(frozen=True, slots=True)
class Merged:
    """A unit of the list with what it was formed from."""

    assessment: Assessment
    formers: Sequence[Succession]
    state: str


@dataclass(frozen=True, slots=True)
class MergedPage:
    """Everything the page shows."""

    round: ReportingRound
    states: Sequence[_StrPromise]
    lines: Sequence[Line]
    whole: Line | None
    page: Page[Assessment]
    rows: Sequence[Merged]


def of_round(round_: ReportingRound, scope: Scope) -> AssessmentQuerySet:
    """Return the assessments of units formed by a merger, as far as she may read."""
    marked = IndicatorValue.objects.filter(assessment=OuterRef("pk"), is_carried=True)
    rows = formed(Assessment.objects.filter(round=round_).within(scope.read)).with_reported()
    return rows.annotate(
        typed=Coalesce(F("reported__measures_typed"), 0), is_marked=Exists(marked.order_by())
    )


def left_in(round_: ReportingRound, scope: Scope) -> int:
    """Return how many such units in her reach are not yet verified."""
    rows = formed(Assessment.objects.filter(round=round_).within(scope.write | scope.verify))
    return rows.exclude(status=Status.VERIFIED).count()


def load_merged(
    round_: ReportingRound, rows: AssessmentQuerySet, kept: AssessmentQuerySet, page: str
) -> MergedPage:
    """Load the page: all `rows` are counted by province, those `kept` are listed."""
    found = Paginator(kept.select_related("unit").order_by("unit__path"), PER_PAGE).get_page(page)
    formers = successions_to([item.unit_id for item in found])
    lines = _lines(round_, rows)
    return MergedPage(
        round=round_,
        states=list(STATES.values()),
        lines=lines,
        whole=_whole(lines),
        page=found,
        rows=[Merged(item, formers.get(item.unit_id, ()), _state(item)) for item in found],
    )


def _lines(round_: ReportingRound, rows: AssessmentQuerySet) -> list[Line]:
    by_province: dict[str, Counter[str]] = {}
    for item in rows.order_by().only("status", "unit__path").select_related("unit"):
        counts = by_province.setdefault(item.unit.province_code, Counter())
        counts[_key(item)] += 1
    units = AdministrativeUnit.objects.on(round_.reference_date).filter(code__in=by_province)
    return [
        Line(
            unit,
            sum(by_province[unit.code].values()),
            tuple(by_province[unit.code][key] for key in STATES),
        )
        for unit in sorted(units, key=lambda unit: alphabetical(unit.short_name))
    ]


def _whole(lines: Sequence[Line]) -> Line | None:
    if len(lines) < 2:
        return None
    counts = tuple(sum(column) for column in zip(*(line.counts for line in lines), strict=True))
    return Line(AdministrativeUnit(), sum(line.total for line in lines), counts)


def _key(item: Assessment) -> str:
    """Return how an assessment of `of_round` stands."""
    if item.status in {Status.SUBMITTED, Status.VERIFIED}:
        return str(item.status)
    found = vars(item)  # what the query added; no field of the model
    if not found["typed"]:
        return "untouched"
    return "marked" if found["is_marked"] else "typing"


def _state(item: Assessment) -> str:
    return str(STATES[_key(item)])
