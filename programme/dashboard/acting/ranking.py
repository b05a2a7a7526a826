"""Which communes to look at first, of all that reported; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NEAR = 2  # criteria short, at most
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """How a commune stands: criteria met, not met or not judged, met before and as verified."""

    assessment: int
    unit: int
    met: int
    unmet: int
    meets_all: bool
    before: int | None
    verified: int | None

    @property
    def is_near(self) -> bool:
        """Tell whether it lacks one criterion or two."""
        return 0 < self.unmet <= NEAR and not self.meets_all

    @property
    def change(self) -> int:
        """Return how many more criteria it meets than in the round before."""
        return 0 if self.before is None else self.met - self.before

    @property
    def gap(self) -> int:
        """Return how many more criteria it reports than were verified."""
        return 0 if self.verified is None else max(self.met - self.verified, 0)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The first of a ranking, and how many there are in all."""

    first: Sequence[Standing]
    total: int


@dataclass(frozen=True, slots=True)
class Rankings:
    """The communes of a place by what would move them."""

    near: Ranked
    lost: Ranked
    gained: Ranked
    gap: Ranked

    @property
    def units(self) -> set[int]:
        """Return the communes that are named."""
        named = (self.near, self.lost, self.gained, self.gap)
        return {row.unit for ranked in named for row in ranked.first}


def rank(rows: Iterable[Standing]) -> Rankings:
    """Return the rankings of communes given in the order of the map, which breaks ties."""
    known = list(rows)
    near = sorted((row for row in known if row.is_near), key=lambda row: row.unmet)
    lost = sorted((row for row in known if row.change < 0), key=lambda row: row.change)
    gained = sorted((row for row in known if row.change > 0), key=lambda row: -row.change)
    gap = sorted((row for row in known if row.gap), key=lambda row: -row.gap)
    return Rankings(*(_first(found) for found in (near, lost, gained, gap)))


def _first(found: Sequence[Standing]) -> Ranked:
    return Ranked(found[:SHOWN], len(found))
