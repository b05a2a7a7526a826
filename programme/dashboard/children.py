"""The units directly below a place as the rows of its tables, and their order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from communes.models import AdministrativeUnit
from criteria.models import Assessment
from ntm_portal.lib.text import alphabetical
from programme.dashboard import figures, ground, tallies
from programme.dashboard.figures import Compared, Figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from programme.dashboard.rounds import Rounds
    from programme.dashboard.tallies import Cell, Judged

STATUSES = list(Assessment.Status.values)


@dataclass(frozen=True, slots=True)
class Row(Compared):
    """A unit with its figures in this round and the one before, and what it lacks most.

    It is `open` if the reader may go there; `is_carried` if it stands on the present map, the sum
    of the units of the round's day.
    """

    unit: AdministrativeUnit
    now: Figures | None
    before: Figures | None
    blocking: tuple[str, ...]
    verdicts: tuple[Judged, ...]
    status: str
    is_carried: bool = False
    is_open: bool = True

    @property
    def is_commune(self) -> bool:
        """Tell whether it is assessed itself instead of being the sum of others."""
        return self.unit.level == AdministrativeUnit.Level.COMMUNE and not self.is_carried

    @property
    def status_word(self) -> str:
        """Return the word of its status, nothing where it was not asked to report."""
        return str(Assessment.Status(self.status).label) if self.status else ""

    @property
    def is_outside(self) -> bool:
        """Tell whether it is on the map but nothing that the programme judges stands there."""
        is_alone = self.unit.level == AdministrativeUnit.Level.COMMUNE
        counts = self.is_carried and self.now is not None and self.now.communes > 0
        return is_alone and not self.unit.is_in_programme and not counts

    @property
    def not_met(self) -> tuple[str, ...]:
        """Return the criteria that a commune does not meet, in the order of the law."""
        return tallies.not_met(self.verdicts)

    @property
    def change(self) -> Decimal | None:
        """Return the change since the round before: criteria of a commune, else points."""
        if self.now is None or self.before is None:
            return None
        if self.is_commune:
            return Decimal(self.now.reported.criteria_met - self.before.reported.criteria_met)
        return self.change_share


# By column; Any, for each column compares values of its own kind.
ORDERS: Mapping[str, Callable[[Row], Any]] = {
    "name": lambda row: alphabetical(row.unit.short_name),
    "communes": lambda row: row.now and row.now.communes,
    "certified": lambda row: row.now and row.now.certified,
    "share": lambda row: row.now and row.now.certified_share,
    "meets": lambda row: row.now and row.now.reported.meets_all,
    "verified": lambda row: row.now and row.now.verified.meets_all,
    "unverified": lambda row: row.now and row.now.unverified,
    "mean": lambda row: row.now and row.now.mean_criteria,
    "change": lambda row: row.change,
    "status": lambda row: STATUSES.index(row.status) if row.status else None,
}


def of_place(unit: AdministrativeUnit, rounds: Rounds) -> list[Row]:
    """Return the units directly below a place on the map that is shown."""
    units = ground.below(unit, rounds)
    return rows(units, rounds, figures.read(unit, units, rounds), tallies.of(units, rounds))


def rows(
    units: Sequence[AdministrativeUnit],
    rounds: Rounds,
    known: Mapping[tuple[str, int], Figures],
    cells: Mapping[str, Sequence[Cell]],
) -> list[Row]:
    """Return these units with what is known of them; one query where there are communes."""
    judged = () if rounds.is_carried else units
    communes = [child.code for child in judged if child.is_in_programme]
    assessed = tallies.assessed(communes, rounds.chosen) if communes else {}
    now = rounds.chosen.pk if rounds.chosen else 0
    before = rounds.previous.pk if rounds.previous else 0
    return [
        Row(
            unit=child,
            now=known.get((child.code, now)),
            before=known.get((child.code, before)),
            blocking=tallies.blocking_codes(cells.get(child.code, ())),
            verdicts=found.verdicts if (found := assessed.get(child.code)) else (),
            status=found.status if found else "",
            is_carried=rounds.is_carried,
        )
        for child in units
    ]


def ordered(rows: Iterable[Row], order: str) -> list[Row]:
    """Return the rows by a column (`-` before it: the largest first); the unknown come last."""
    key = ORDERS[order.removeprefix("-")]
    by_name = sorted(rows, key=ORDERS["name"])
    known = [row for row in by_name if key(row) is not None]
    unknown = [row for row in by_name if key(row) is None]
    return sorted(known, key=key, reverse=order.startswith("-")) + unknown
