"""Counters of places by round, read from summaries, and the ratios made of them when read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from django.db.models import Q

from communes.models import AdministrativeUnit
from criteria.models.assessments import Basis
from programme import carried
from programme.addends import Part
from programme.models import Summary
from programme.rollup.counters import COUNTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from programme.dashboard.rounds import Rounds

READ = [field.name for field in Summary._meta.concrete_fields]
Key = TypeVar("Key")
Known: TypeAlias = "Mapping[tuple[str, int], Figures]"  # by code and round id


def share(part: int, whole: int) -> Decimal | None:
    """Return `part` of `whole` in per cent; of nothing there is no share."""
    return Decimal(100 * part) / whole if whole else None


def difference(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """Return how far `now` lies above `before`, if both are known."""
    return None if now is None or before is None else now - before


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted for one unit in one round, as reported and as verified."""

    reported: Summary
    verified: Summary

    @property
    def communes(self) -> int:
        """Return the communes of the programme on the map of the round."""
        return self.reported.communes

    @property
    def certified(self) -> int:
        """Return the communes recognised: a decision, the same on both bases."""
        return self.reported.certified

    @property
    def certified_share(self) -> Decimal | None:
        """Return the share of communes recognised, in per cent."""
        return share(self.certified, self.communes)

    @property
    def mean_criteria(self) -> Decimal | None:
        """Return the criteria met by a commune on average, of those that reported."""
        assessed = self.reported.assessed
        return Decimal(self.reported.criteria_met) / assessed if assessed else None

    @property
    def meets_all_share(self) -> Decimal | None:
        """Return the share of communes that meet all criteria as reported, in per cent."""
        return share(self.reported.meets_all, self.communes)

    @property
    def unverified(self) -> int:
        """Return by how many communes "meets all" as reported exceeds what is verified."""
        return max(self.reported.meets_all - self.verified.meets_all, 0)


class Compared:
    """What has figures in a round and perhaps in the one before."""

    __slots__ = ()
    now: Figures | None
    before: Figures | None

    @property
    def change_certified(self) -> int | None:
        """Return how many more communes are recognised than in the round before."""
        return self.now.certified - self.before.certified if self.now and self.before else None

    @property
    def change_share(self) -> Decimal | None:
        """Return the same in points of their share."""
        if self.now is None or self.before is None:
            return None
        return difference(self.now.certified_share, self.before.certified_share)


def read(unit: AdministrativeUnit, parts: Iterable[AdministrativeUnit], rounds: Rounds) -> Known:
    """Return the figures of a place in every round and of its parts in those compared.

    By code and round id, whatever version of a unit was counted, in one query; carried to the
    present map in two, unless what they are made of is known.
    """
    return read_with_formers(unit, parts, (), rounds)[0]


def read_with_formers(
    unit: AdministrativeUnit,
    parts: Iterable[AdministrativeUnit],
    formers: Iterable[AdministrativeUnit],
    rounds: Rounds,
) -> tuple[Known, Known]:
    """Return the same, and beside it that of former units which stand here on the present map.

    A former unit may have the code of one of today.
    """
    codes = {item.pk: item.code for item in (unit, *parts)}
    if rounds.is_carried:
        former = {item.pk: item.code for item in formers}
        rounds.addends.keep(former, (Part(pk, pk, 1, "") for pk in former))
        sums = carried.summaries([*codes, *former], rounds.compared, {unit.pk}, rounds.addends)
        return _of(codes, sums), _of(former, sums)
    shown = Q(round__in=[item.pk for item in rounds.compared])
    versions = AdministrativeUnit.objects.filter(code__in=codes.values())
    rows = Summary.objects.filter(Q(unit__code=unit.code) | shown, unit__in=versions)
    rows = rows.select_related("unit").only(*READ, "unit__code").order_by()
    return _by_key(((row.unit.code, row.round_id), row) for row in rows), {}


def _of(codes: Mapping[int, str], sums: Iterable[Summary]) -> Known:
    return _by_key(
        ((codes[row.unit_id], row.round_id), row) for row in sums if row.unit_id in codes
    )


def summed(several: Iterable[Figures | None]) -> Figures:
    """Return the sum of the figures of several units, as far as they are known."""
    known = [item for item in several if item]
    return Figures(_sum(item.reported for item in known), _sum(item.verified for item in known))


def _sum(summaries: Iterable[Summary]) -> Summary:
    rows = list(summaries)
    return Summary(**{name: sum(getattr(row, name) for row in rows) for name in COUNTERS})


def series_of(known: Known, code: str) -> dict[int, Figures]:
    """Return the figures of one place by round id."""
    return {round_id: found for (one, round_id), found in known.items() if one == code}


def _by_key(rows: Iterable[tuple[Key, Summary]]) -> dict[Key, Figures]:
    found: dict[Key, dict[str, Summary]] = defaultdict(dict)
    for key, row in rows:
        found[key][row.basis] = row
    nothing = Summary()
    return {
        key: Figures(bases.get(Basis.REPORTED, nothing), bases.get(Basis.VERIFIED, nothing))
        for key, bases in found.items()
    }
