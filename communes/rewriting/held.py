"""The rows of units as they stand before the map is rewritten, read whole and without models."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from communes.models import AdministrativeUnit

if TYPE_CHECKING:
    from decimal import Decimal

    from communes.chronicle.entries import Version


class Held(NamedTuple):
    """A row of the map; first what its version says of it."""

    name: str
    name_en: str
    short_name: str
    kind: str
    level: str
    source: str
    path: str
    valid_from: date | None
    valid_to: date | None
    is_unresolved: bool
    region_id: int | None
    pk: int
    parent_id: int | None
    code: str
    search_name: str
    # What no list says, and a new version of the same unit takes over.
    population: int | None
    households: int | None
    area_km2: Decimal | None
    longitude: Decimal | None
    latitude: Decimal | None

    def is_as(self, version: Version, region_id: int | None) -> bool:
        """Tell whether the row says of the unit what its version does."""
        entry = version.entry
        said = (entry.name, entry.name_en, entry.short_name, entry.kind, entry.level, entry.source)
        lasts = (version.path, version.first, version.last, version.is_unresolved)
        return self[: len(said) + len(lasts) + 1] == (*said, *lasts, region_id)


FACTS = Held._fields[-5:]


def held_rows() -> list[Held]:
    """Return the rows of the whole map, in a fixed order; one query."""
    # Read by key and put in order here: the database would sort by the rules of a language.
    rows = AdministrativeUnit.objects.order_by().values_list(*Held._fields)
    return sorted(map(Held._make, rows), key=lambda row: (row.code, row.valid_from or date.max))
