"""The page of a unit over all times: names, parents, family, designations, series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists

from communes.models import Designation
from communes.presentation.found import lines_of, readable, successions_of
from criteria.models import ReportingRound
from programme.dashboard.unit import family, lineage, series

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from communes.models import AdministrativeUnit
    from ntm_portal.accounts.scope import Scope
    from programme.dashboard.unit.family import Family
    from programme.dashboard.unit.series import Series


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the unit and what it lay in."""

    unit: AdministrativeUnit
    lies_in: Sequence[AdministrativeUnit]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything the page shows; without a version on the day asked, the latest is shown."""

    unit: AdministrativeUnit
    lies_in: Sequence[AdministrativeUnit]
    day: date | None
    is_on_day: bool
    versions: Sequence[Version]
    family: Family
    designations: Sequence[Designation]
    of_formers: Sequence[Designation]
    series: Series
    is_open: bool
    is_demonstration: bool


def load(code: str, day: date | None, scope: Scope) -> UnitPage | None:
    """Load the page of a code as far as one may read; nothing where there is no such unit."""
    invented = ReportingRound.objects.filter(is_demonstration=True)
    rows = readable(scope.read).filter(code=code).select_related("region").distinct()
    units = list(rows.annotate(is_demonstration=Exists(invented.order_by())))
    if not units:
        return None
    units.sort(key=lambda unit: (unit.valid_from is not None, unit.valid_from))
    on_day = next((unit for unit in units if day and _stands(unit, day)), None)
    shown = on_day or units[-1]
    lines = lines_of(units)
    became, was = successions_of([shown.pk], scope.read)
    line = lineage.read(shown)
    own = {unit.pk for unit in units}
    designations = list(_designations([*own, *(other.unit.pk for other in was[shown.pk])]))
    return UnitPage(
        unit=shown,
        lies_in=lines[shown.pk],
        day=day,
        is_on_day=on_day is not None,
        versions=[Version(unit, lines[unit.pk], unit is shown) for unit in units],
        family=family.draw(shown, was[shown.pk], became[shown.pk]),
        designations=[item for item in designations if item.unit_id in own],
        of_formers=[item for item in designations if item.unit_id not in own],
        series=series.read(shown, line),
        is_open=scope.may_read(shown.path),
        is_demonstration=bool(vars(shown)["is_demonstration"]),  # what the query added
    )


def _designations(unit_ids: Iterable[int]) -> QuerySet[Designation]:
    rows = Designation.objects.filter(unit__in=list(unit_ids)).select_related("unit")
    return rows.order_by("valid_from", "kind", "unit__path")


def _stands(unit: AdministrativeUnit, day: date) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= day
    return begun and (unit.valid_to is None or day <= unit.valid_to)
