"""What thresholds may ask about communes, from the map."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q, Value

from communes.models import AdministrativeUnit, Designation, Region
from criteria.models import CommuneGroup
from criteria.querysets import in_force_on
from criteria.scoring.thresholds import Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def places_of(units: Iterable[AdministrativeUnit], day: date) -> dict[int, Place]:
    """Return what thresholds may ask about each unit on `day`, by unit id; two queries.

    One where the units come with their regions.
    """
    units = list(units)
    regions = _regions_of(units)
    held: defaultdict[int, set[str]] = defaultdict(set)
    group_of: dict[int, str] = {}
    for unit_id, code, is_group in _standings([unit.pk for unit in units], day):
        if is_group:
            group_of[unit_id] = code
        else:
            held[unit_id].add(code)
    return {
        unit.pk: Place(
            region_code=regions.get(unit.region_id or 0, ""),
            province_code=unit.province_code,
            designations=frozenset(held[unit.pk]),
            commune_group=group_of.get(unit.pk, ""),
            year=day.year,
        )
        for unit in units
    }


def _regions_of(units: list[AdministrativeUnit]) -> dict[int, str]:
    """Return the codes of regions by id."""
    field = AdministrativeUnit._meta.get_field("region")
    if all(unit.region_id is None or field.is_cached(unit) for unit in units):
        return {unit.region.pk: unit.region.code for unit in units if unit.region}
    return dict(Region.objects.values_list("pk", "code"))


def _standings(unit_ids: list[int], day: date) -> Iterable[tuple[int, str, int]]:
    """Return designations and commune groups of the units on `day`; one query."""
    of_units = in_force_on(day) & Q(unit_id__in=unit_ids)
    designations = Designation.objects.filter(of_units).order_by()
    groups = CommuneGroup.objects.filter(of_units).order_by()
    return designations.values_list("unit_id", "kind", Value(0)).union(
        groups.values_list("unit_id", "group", Value(1)), all=True
    )
