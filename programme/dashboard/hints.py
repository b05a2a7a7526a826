"""Where something can be done: what holds communes back, each with the list it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from programme.dashboard import communes, tallies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from communes.models import AdministrativeUnit
    from programme.dashboard.children import Row
    from programme.dashboard.communes import Counted
    from programme.dashboard.rounds import Rounds
    from programme.dashboard.tallies import Cell

SHOWN = 3


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A criterion, and how many communes it alone holds back."""

    code: str
    label: str
    position: int
    communes: int


@dataclass(frozen=True, slots=True)
class Hints:
    """Counts of communes by what would move them, and the areas ahead of their verification."""

    one_short: int
    one_short_by: Sequence[HeldBack]
    ready: int
    lost: int | None
    blocking: Sequence[Cell]
    undetermined: Sequence[Cell]
    unverified: Sequence[Row]

    @property
    def most_unverified(self) -> Row:
        """Return the area where most awaits verification."""
        return self.unverified[0]

    def __bool__(self) -> bool:
        """Tell whether there is anything to do."""
        found = (self.one_short, self.ready, self.lost, self.blocking, self.undetermined)
        return any((*found, self.unverified))


def read(
    unit: AdministrativeUnit, rounds: Rounds, cells: Sequence[Cell], areas: Sequence[Row]
) -> Hints:
    """Return the hints of a place; one query besides the rows it is given."""
    counted = communes.count(unit, rounds)
    ahead = [row for row in areas if row.now and row.now.unverified]
    return Hints(
        one_short=counted.one_short,
        one_short_by=_held_back(counted, cells)[:SHOWN],
        ready=counted.ready,
        lost=counted.lost if rounds.previous else None,
        blocking=tallies.most_blocking(cells, SHOWN),
        undetermined=tallies.most_undetermined(cells),
        unverified=sorted(ahead, key=lambda row: -row.now.unverified if row.now else 0),
    )


def _held_back(counted: Counted, cells: Sequence[Cell]) -> list[HeldBack]:
    by_id = {cell.criterion.pk: cell.criterion for cell in cells}
    held = [
        HeldBack(by_id[pk].code, by_id[pk].label, by_id[pk].position, number)
        for pk, number in counted.alone
        if pk in by_id
    ]
    return sorted(held, key=lambda item: (-item.communes, item.position))
