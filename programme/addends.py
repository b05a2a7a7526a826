"""What sums of the present map are made of: asked of the database once for each unit of a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from communes.models import Addend, AdministrativeUnit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

COLUMNS = ("unit_id", "into_id", "sign", "unit__level")


@dataclass(frozen=True, slots=True)
class Part:
    """A former unit whose sum is in that of `into_id`, with its sign."""

    unit_id: int
    into_id: int
    sign: int
    level: str

    @property
    def is_alone(self) -> bool:
        """Tell whether it is a commune carried by itself, not with all that lies in an area."""
        return self.level == AdministrativeUnit.Level.COMMUNE


@dataclass(slots=True)
class Addends:
    """Remembers what was asked; `below` are the units right below a place, where known."""

    parts: dict[int, list[Part]] = field(default_factory=dict)
    below: dict[int, list[AdministrativeUnit]] = field(default_factory=dict)

    def of(self, unit_ids: Collection[int]) -> list[Part]:
        """Return what the sums of these units of the present map are made of, of all days."""
        missing = [pk for pk in unit_ids if pk not in self.parts]
        if missing:
            rows = Addend.objects.filter(into__in=missing).exclude(sign=0).order_by()
            self.keep(missing, (Part(*row) for row in rows.values_list(*COLUMNS)))
        return [part for pk in unit_ids for part in self.parts[pk]]

    def keep(self, unit_ids: Iterable[int], parts: Iterable[Part]) -> None:
        """Remember what the sums of these units are made of."""
        self.parts |= {pk: [] for pk in unit_ids}
        for part in parts:
            self.parts[part.into_id].append(part)
