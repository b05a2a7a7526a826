"""Times two ways of doing the same work, turn by turn."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Work:
    """The same work twice: by the portal, and by the bare database.

    `arrange` brings about what each turn starts from; it is not timed.
    """

    name: str
    turns: int
    arrange: Callable[[], object]
    portal: Callable[[], object]
    bare: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Result:
    """The times of all turns, in milliseconds."""

    name: str
    portal: list[float]
    bare: list[float]

    @property
    def ratio(self) -> float:
        """Return how many times longer the portal takes."""
        return median(self.portal) / median(self.bare)

    def __str__(self) -> str:
        ratios = sorted(one / other for one, other in zip(self.portal, self.bare, strict=True))
        return (
            f"{self.name:<44} {self.ratio:>6.1f}   {ratios[0]:>6.1f} - {ratios[-1]:<6.1f} "
            f"{median(self.portal):>10.1f} {median(self.bare):>10.1f} {len(self.portal):>6}"
        )


HEADING = f"{'':<44} {'ratio':>6}   {'least - most':>15} {'portal, ms':>10} {'bare, ms':>10}  turns"


def measure(work: Work) -> Result:
    """Do the work by turns, the bare database first, after one turn that does not count."""
    result = Result(work.name, [], [])
    for turn in range(work.turns + 1):
        for times, do in ((result.bare, work.bare), (result.portal, work.portal)):
            work.arrange()
            spent = _milliseconds(do)
            if turn:
                times.append(spent)
    return result


def _milliseconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000
