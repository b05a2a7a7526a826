"""What thresholds may ask about communes, from the map."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q

from communes.models import Designation, Region
from criteria.scoring.thresholds import Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from communes.models import AdministrativeUnit


def places_of(units: Iterable[AdministrativeUnit], day: date) -> dict[int, Place]:
    """Return what thresholds may ask about each unit on `day`, by unit id; two queries."""
    units = list(units)
    regions = dict(Region.objects.values_list("pk", "code"))
    held: defaultdict[int, set[str]] = defaultdict(set)
    designations = Designation.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        valid_from__lte=day,
        unit_id__in=[unit.pk for unit in units],
    )
    for unit_id, kind in designations.values_list("unit_id", "kind"):
        held[unit_id].add(kind)
    return {
        unit.pk: Place(
            region_code=regions.get(unit.region_id or 0, ""),
            province_code=unit.province_code,
            designations=frozenset(held[unit.pk]),
            year=day.year,
        )
        for unit in units
    }
