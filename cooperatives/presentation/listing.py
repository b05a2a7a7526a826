"""What the lines of the list of cooperatives show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperatives.models import Cooperative, YearlyReturn
from ntm_portal.lib.addresses import addresses_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class CooperativeLine:
    """A cooperative with the return that speaks for it on the day."""

    row: Cooperative
    state: str  # active, suspended, ended
    says: YearlyReturn | None
    is_of_the_year: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line with its address, place, field and rating ready to be shown."""

    line: CooperativeLine
    href: str
    name: str
    place: str
    field: str
    rating: str


def table_of(rows: Sequence[Cooperative], day: date) -> list[TableRow]:
    """Return the rows of the table of the list."""
    address = addresses_of("cooperative-detail")
    sectors = {value: str(label) for value, label in Cooperative.Sector.choices}
    ratings = {value: str(label) for value, label in YearlyReturn.Rating.choices}
    union = Cooperative.Kind.UNION
    return [
        TableRow(
            line,
            address(line.row.pk),
            line.row.label,
            f"{line.row.commune.label}, {_above(line.row)}",
            str(union.label) if line.row.kind == union else sectors.get(line.row.sector, ""),
            ratings[line.says.rating] if line.says else "",
        )
        for line in lines_of(rows, day)
    ]


def lines_of(rows: Sequence[Cooperative], day: date) -> list[CooperativeLine]:
    """Return the lines; one query for the returns of all of them."""
    says: dict[int, YearlyReturn] = {}
    returns = YearlyReturn.objects.counting().filter(cooperative__in=rows, year__lte=day.year)
    for item in returns.order_by("year"):
        says[item.cooperative_id] = item
    return [_line(row, says.get(row.pk), day) for row in rows]


def state_of(row: Cooperative, day: date) -> str:
    """Return how it stands on the day."""
    if row.dissolved_on is not None and row.dissolved_on <= day:
        return "ended"
    return "suspended" if row.suspended_on and row.suspended_on <= day else "active"


def _line(row: Cooperative, says: YearlyReturn | None, day: date) -> CooperativeLine:
    is_of_the_year = says is not None and says.year == day.year
    return CooperativeLine(row, state_of(row, day), says, is_of_the_year)


def _above(row: Cooperative) -> str:
    return row.commune.parent.short_label if row.commune.parent else ""
