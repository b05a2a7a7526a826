"""The units above the one a page is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit

if TYPE_CHECKING:
    from criteria.models import Assessment
    from ntm_portal.accounts.scope import Scope


@dataclass(frozen=True, slots=True)
class Crumb:
    """A unit, and whether the reader may open its page."""

    unit: AdministrativeUnit
    is_open: bool


def crumbs_of(assessment: Assessment, scope: Scope) -> tuple[Crumb, ...]:
    """Return the units above on the round's day and the unit itself, from the nation down."""
    above = assessment.unit.path.strip("/").split("/")[:-1]
    units = AdministrativeUnit.objects.on(assessment.round.reference_date).filter(code__in=above)
    path = [*sorted(units, key=lambda unit: len(unit.path)), assessment.unit]
    return tuple(Crumb(unit, scope.may_read(unit.path)) for unit in path)
