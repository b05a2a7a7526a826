"""The page of a unit's designations: what it holds, and what its former units held."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit, Designation
from criteria.merging.formers import successions_to

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class ProposedDesignation:
    """A standing that former units held on their last day: to be confirmed by a decision."""

    kind: str
    label: str
    valid_from: date
    holders: Sequence[Designation]
    formers: int

    @property
    def is_of_all(self) -> bool:
        """Tell whether every former unit held it."""
        return len({item.unit_id for item in self.holders}) == self.formers


@dataclass(frozen=True, slots=True)
class DesignationsPage:
    """Everything the page shows."""

    unit: AdministrativeUnit
    held: Sequence[Designation]
    proposed: Sequence[ProposedDesignation]


def load_designations(versions: Sequence[AdministrativeUnit]) -> DesignationsPage:
    """Load the page for the versions of one code, the latest last; three queries."""
    held = Designation.objects.filter(unit__in=versions).select_related("unit")
    rows = list(held.order_by("valid_from", "kind"))
    return DesignationsPage(versions[-1], rows, _proposed(versions[-1], rows))


def _proposed(unit: AdministrativeUnit, held: Sequence[Designation]) -> list[ProposedDesignation]:
    """Return what the former units held the day before, and the new one does not."""
    formers = successions_to([unit.pk]).get(unit.pk, [])
    if not formers:
        return []
    day = formers[-1].effective_date
    last = day - timedelta(days=1)
    own = {item.kind for item in held if item.unit_id == unit.pk}
    found: defaultdict[str, list[Designation]] = defaultdict(list)
    rows = Designation.objects.filter(
        unit__in=[row.predecessor_id for row in formers], valid_from__lte=last
    ).select_related("unit")
    for row in rows.order_by("kind", "unit__path"):
        if row.kind not in own and (row.valid_to is None or row.valid_to >= last):
            found[row.kind].append(row)
    return [
        ProposedDesignation(kind, str(Designation.Kind(kind).label), day, holders, len(formers))
        for kind, holders in found.items()
    ]
