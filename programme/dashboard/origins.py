"""What the figures of a unit of the present map are made of, in the units of the round's day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes.models import Addend, AdministrativeUnit, Placement
from programme import carried

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from communes.models import Region
    from programme.dashboard.rounds import Rounds

How = Placement.How


@dataclass(frozen=True, slots=True)
class Former:
    """A unit of the round's day; of a divided one the `parts` are where it lies today.

    It is `open` if the reader may go there.
    """

    unit: AdministrativeUnit
    is_open: bool
    how: str = How.WHOLE
    parts: tuple[AdministrativeUnit, ...] = ()

    @property
    def is_divided(self) -> bool:
        """Tell whether it was divided between several units."""
        return self.how == How.DIVIDED


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose sums the figures are, less what left those units, and who stands here by itself.

    `partly` are units of which a part lies here while their figures stand higher up.
    """

    unit: AdministrativeUnit
    sources: tuple[Former, ...]
    less: tuple[Former, ...]
    partly: tuple[Former, ...]
    formers: tuple[Former, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether it was formed from nothing but what had its code before."""
        return [item.unit.code for item in self.sources] == [self.unit.code] and not self.less

    @property
    def is_itself(self) -> bool:
        """Tell whether it is the very unit that the round asked."""
        return self.is_same and self.sources[0].unit.pk == self.unit.pk

    @property
    def divided(self) -> tuple[Former, ...]:
        """Return those that were divided."""
        return tuple(former for former in self.formers if former.is_divided)

    @property
    def unresolved(self) -> tuple[Former, ...]:
        """Return those of which nobody knows what they became."""
        return tuple(former for former in self.formers if former.how == How.UNRESOLVED)

    @property
    def regions(self) -> tuple[Region, ...]:
        """Return the regions in which the former units lay, each once."""
        units = [item.unit for item in self.sources]
        found = {unit.region.pk: unit.region for unit in units if unit.region}
        return tuple(found.values())


def read(unit: AdministrativeUnit, rounds: Rounds, reach: Iterable[str]) -> Origin | None:
    """Return what the figures are made of; nothing on the map of the round's day; three queries."""
    if not rounds.is_carried:
        return None
    rows = carried.on_day(rounds.day).filter(into=unit).select_related("unit__region")
    paths = tuple(reach)
    by_sign: dict[int, list[Former]] = {1: [], 0: [], -1: []}
    for row in rows.order_by("unit__path"):
        by_sign[row.sign].append(Former(row.unit, row.unit.path.startswith(paths)))
    return Origin(
        unit=unit,
        sources=tuple(by_sign[1]),
        less=tuple(by_sign[-1]),
        partly=tuple(by_sign[0]),
        formers=tuple(_formers(unit, rounds.day, paths)),
    )


def unchanged(codes: Collection[str], day: date) -> dict[int, str]:
    """Return by id, with their codes, the units of the present map made of what had their code."""
    rows = carried.on_day(day).filter(into__code__in=codes).exclude(sign=0).order_by()
    known: dict[int, str] = {}
    changed: set[int] = set()
    for into, code, former, sign in rows.values_list("into", "into__code", "unit__code", "sign"):
        known[into] = code
        if sign < 0 or former != code:
            changed.add(into)
    return {pk: code for pk, code in known.items() if pk not in changed}


def _formers(unit: AdministrativeUnit, day: date, paths: tuple[str, ...]) -> Sequence[Former]:
    standing = (
        AdministrativeUnit.objects.on(day)
        .filter(placement__place=unit, level=AdministrativeUnit.Level.COMMUNE)
        .exclude(pk=unit.pk)
        .select_related("placement")
        .order_by("path")
    )
    parts = defaultdict(list)
    divided = Addend.objects.filter(unit__in=[item.pk for item in standing], sign=0)
    for row in divided.select_related("into").order_by("into__code"):
        parts[row.unit_id].append(row.into)
    return [
        Former(item, item.path.startswith(paths), item.placement.how, tuple(parts[item.pk]))
        for item in standing
    ]
