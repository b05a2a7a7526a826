"""The map as the demonstration needs it: each province with its communes and districts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from criteria.assessment import places_of
from programme.demonstration.latent import Commune

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from criteria.scoring.thresholds import Place


@dataclass(frozen=True, slots=True)
class Province:
    """A province, the communes to be assessed in it, and their districts by code."""

    unit: AdministrativeUnit
    communes: tuple[AdministrativeUnit, ...]

    @property
    def code(self) -> str:
        """Return its official code."""
        return self.unit.code

    @property
    def region_code(self) -> str:
        """Return the code of its region; empty when it has none."""
        return self.unit.region.code if self.unit.region else ""

    @property
    def known(self) -> list[Commune]:
        """Return its communes as chance knows them."""
        return [
            Commune(
                pk=unit.pk,
                code=unit.code,
                name=unit.short_name or unit.name,
                district_code=unit.parent.code if unit.parent else "",
                province_code=self.code,
                region_code=self.region_code,
            )
            for unit in self.communes
        ]

    @property
    def districts(self) -> dict[str, AdministrativeUnit]:
        """Return the districts that hold its communes, by code."""
        district = AdministrativeUnit.Level.DISTRICT
        parents = [unit.parent for unit in self.communes if unit.parent]
        return {parent.code: parent for parent in parents if parent.level == district}

    def places(self, days: Sequence[date]) -> dict[int, tuple[Place, ...]]:
        """Return what thresholds ask about each commune on each of the days, by unit id."""
        by_day = [places_of(self.communes, day) for day in days]
        return {unit.pk: tuple(places[unit.pk] for places in by_day) for unit in self.communes}


def provinces_between(first: date, last: date) -> list[Province]:
    """Return the provinces on the map of both days, those without a commune left out."""
    units = AdministrativeUnit.objects.on(first).on(last).select_related("region", "parent")
    communes: dict[str, list[AdministrativeUnit]] = {}
    for unit in units.in_programme().order_by("code"):
        communes.setdefault(unit.province_code, []).append(unit)
    provinces = units.filter(level=AdministrativeUnit.Level.PROVINCE).order_by("code")
    return [
        Province(unit, tuple(communes[unit.code])) for unit in provinces if unit.code in communes
    ]
