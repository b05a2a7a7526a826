"""Which row of the map goes on as which version, so that what refers to it stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communes.chronicle.entries import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from communes.chronicle.entries import Version
    from communes.rewriting.held import Held

    Fits = Callable[[Version, Held], bool]


def match(versions: Sequence[Version], rows: Sequence[Held]) -> dict[int, Held]:
    """Return by `id(version)` the row of the same code that goes on as it; the best fit first."""
    if len(versions) == len(rows) == 1:  # as most are
        only, held = versions[0], rows[0]
        return {id(only): held} if _starts(only, held) or overlap(only, held) else {}
    found: dict[int, Held] = {}
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


def overlap(version: Version, row: Held) -> bool:
    """Tell whether they share a day."""
    begins = version.first is None or row.valid_to is None or version.first <= row.valid_to
    ends = version.last is None or row.valid_from is None or row.valid_from <= version.last
    return begins and ends


def is_same(version: Version, row: Held) -> bool:
    """Tell whether they are called the same and lie in the same place."""
    return version.path == row.path and version.entry.naming == (bare(row.name), row.kind)


def _starts(version: Version, row: Held) -> bool:
    return version.first == row.valid_from


FITS: tuple[Fits, ...] = (
    lambda version, row: is_same(version, row) and _starts(version, row),
    lambda version, row: is_same(version, row) and overlap(version, row),
    _starts,
    overlap,
)
