"""Figures on today's map as rows of a list: worked out unit by unit, as far as a page needs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from communes.models import AdministrativeUnit
from criteria.models import Criterion
from criteria.models.assessments import Basis
from programme import carried
from programme.models import CriterionTally, Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import date

    from criteria.models import ReportingRound

AT_ONCE = 500  # units whose figures are summed together
# A key says unit, round, basis and criterion, so that rows are in order of their keys.
BASES = list(Basis.values)
OF_UNIT, OF_ROUND, OF_BASIS = 10**11, 10**7, 10**6


class Row(Protocol):
    """A row of figures that was never stored."""

    pk: Any  # as models have it


@dataclass(frozen=True, slots=True)
class CarriedRows:
    """Rows by unit in order of their keys: a query set as far as paging by cursor asks for one."""

    unit_ids: Sequence[int]
    load: Callable[[Collection[int]], Sequence[Row]]
    above: int = 0
    below: int | None = None
    is_reversed: bool = False

    def count(self) -> int:
        """Return how many rows there are."""
        return sum(1 for _row in self)

    def order_by(self, field: str) -> CarriedRows:
        """Return the same, by key upwards or downwards."""
        return replace(self, is_reversed=field.startswith("-"))

    def filter(self, *, id__gt: str = "", id__lt: str = "") -> CarriedRows:
        """Return the rows beyond the key that a cursor names."""
        above = int(id__gt) if id__gt else self.above
        return replace(self, above=above, below=int(id__lt) if id__lt else self.below)

    def __getitem__(self, part: slice) -> list[Row]:
        """Return a stretch of the rows; no more units are summed than it needs."""
        return list(islice(self, part.start, part.stop))

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        first = bisect_left(self.unit_ids, self.above // OF_UNIT)
        last = (
            len(self.unit_ids)
            if self.below is None
            else bisect_right(self.unit_ids, self.below // OF_UNIT)
        )
        units = self.unit_ids[first:last]
        for lot in _lots(units[::-1] if self.is_reversed else units):
            rows = sorted(self.load(lot), key=lambda row: row.pk, reverse=self.is_reversed)
            yield from (row for row in rows if self._holds(row.pk))

    def _holds(self, key: int) -> bool:
        return key > self.above and (self.below is None or key < self.below)


def _lots(units: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the units in lots that grow: the first page needs but few."""
    start, size = 0, AT_ONCE // 10
    while start < len(units):
        yield units[start : start + size]
        start, size = start + size, AT_ONCE


@dataclass(frozen=True, slots=True)
class Loading:
    """Sums figures of rounds on the present map; rounds of a map to come keep their own."""

    units: Mapping[int, AdministrativeUnit]
    rounds: Mapping[int, ReportingRound]
    bases: Collection[str]
    until: date | None
    criterion: Mapping[str, Any]  # conditions on it, of whatever type its fields are

    def summaries(self, unit_ids: Collection[int]) -> list[Summary]:
        """Return the summaries of units."""
        found = carried.summaries(unit_ids, self._before)
        found += Summary.objects.filter(unit__in=unit_ids, round__in=self._later)
        for row in found:
            self._name(row)
        return [row for row in found if row.basis in self.bases]

    def tallies(self, unit_ids: Collection[int]) -> list[CriterionTally]:
        """Return the tallies of units."""
        counted = carried.tallies(unit_ids, self._before, self.bases).counted
        criteria = Criterion.objects.select_related("criteria_set").filter(**self.criterion)
        known = criteria.in_bulk({criterion for _unit, criterion, *_ in counted})
        found = [
            CriterionTally(
                unit_id=unit, criterion=known[criterion], round_id=round_, basis=basis, **counts
            )
            for (unit, criterion, round_, basis), counts in counted.items()
            if criterion in known
        ]
        later = CriterionTally.objects.filter(
            unit__in=unit_ids,
            round__in=self._later,
            basis__in=self.bases,
            **{f"criterion__{name}": value for name, value in self.criterion.items()},
        )
        found += later.select_related("criterion__criteria_set")
        for row in found:
            self._name(row)
            row.pk += row.criterion_id
        return found

    @property
    def _before(self) -> list[ReportingRound]:
        return [item for item in self.rounds.values() if not self._is_later(item)]

    @property
    def _later(self) -> list[ReportingRound]:
        return [item for item in self.rounds.values() if self._is_later(item)]

    def _is_later(self, round_: ReportingRound) -> bool:
        return self.until is not None and round_.reference_date > self.until

    def _name(self, row: Summary | CriterionTally) -> None:
        row.pk = row.unit_id * OF_UNIT + row.round_id * OF_ROUND + BASES.index(row.basis) * OF_BASIS
        row.unit, row.round = self.units[row.unit_id], self.rounds[row.round_id]
