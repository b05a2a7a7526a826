"""Which row of the map goes on as which version, so that what refers to it stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from communes.chronicle.entries import Version
    from communes.models import AdministrativeUnit

    Fits = Callable[[Version, AdministrativeUnit], bool]


def match(
    versions: Sequence[Version], rows: Sequence[AdministrativeUnit]
) -> dict[int, AdministrativeUnit]:
    """Return by `id(version)` the row of the same code that goes on as it; the best fit first."""
    if len(versions) == len(rows) == 1:  # as most are
        only, held = versions[0], rows[0]
        return {id(only): held} if _starts(only, held) or overlap(only, held) else {}
    found: dict[int, AdministrativeUnit] = {}
    free = list(rows)
    for fits in FITS:
        for version in reversed(versions):
            if id(version) in found:
                continue
            row = next((row for row in free if fits(version, row)), None)
            if row:
                found[id(version)] = row
                free.remove(row)
    return found


def overlap(version: Version, row: AdministrativeUnit) -> bool:
    """Tell whether they share a day."""
    begins = version.first is None or row.valid_to is None or version.first <= row.valid_to
    ends = version.last is None or row.valid_from is None or row.valid_from <= version.last
    return begins and ends


def is_same(version: Version, row: AdministrativeUnit) -> bool:
    """Tell whether they are called the same and lie in the same place."""
    held = version.entry._replace(name=row.name, kind=row.kind)
    return version.path == row.path and held.naming == version.entry.naming


def _starts(version: Version, row: AdministrativeUnit) -> bool:
    return version.first == row.valid_from


FITS: tuple[Fits, ...] = (
    lambda version, row: is_same(version, row) and _starts(version, row),
    lambda version, row: is_same(version, row) and overlap(version, row),
    _starts,
    overlap,
)
