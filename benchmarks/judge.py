"""The pure judge alone, on one core: `python -m benchmarks.judge`.

Bare is what nobody can do without: to look each number up and to compare it once.
"""

from __future__ import annotations

import os
import time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import django

from criteria.scoring.plans import Plan, plan_of
from criteria.scoring.thresholds import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from criteria.scoring.specs import SetSpec

    Numbers = dict[int, Decimal]

SET, PLACE = "commune-2016-2020", Place(region_code="TN", province_code="62", year=2020)
COUNT, TURNS = 2000, 5
ASKED_A_SECOND = 200_000
HALF = Decimal(50)


@cache
def spec() -> SetSpec:
    """Return the shipped set."""
    from criteria.loading.at_hand import shipped_spec  # noqa: PLC0415  (needs Django's settings)

    return shipped_spec(SET)


@cache
def plan() -> Plan:
    """Return the plan for one place."""
    return plan_of(spec(), PLACE)


def communes(count: int) -> list[Numbers]:
    """Return numbers for that many communes, every one another."""
    measures = spec().measures
    return [
        {item.id: Decimal((n * 37 + item.id * 101) % 10000) / 100 for item in measures}
        for n in range(count)
    ]


def bare(numbers: Sequence[Numbers]) -> None:
    """Look up and compare every number, and keep the answer."""
    ids = [item.id for item in spec().measures]
    for typed in numbers:
        found = {}
        for pk in ids:
            found[pk] = typed[pk] >= HALF


def judge(numbers: Sequence[Numbers]) -> None:
    """Judge every commune."""
    judging = plan().judge
    for typed in numbers:
        judging(typed)


def best_of(turns: int, work: Callable[[], object]) -> float:
    """Return the seconds of work in the quickest turn; waiting for a core is not counted."""
    seconds = []
    for _ in range(turns):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return min(seconds)


def main() -> None:
    """Print how many verdicts a second the judge reaches, and the ratio to the bare work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ntm_portal.settings")
    django.setup()
    numbers = communes(COUNT)
    verdicts = COUNT * len(spec().measures)
    judged, compared = best_of(TURNS, lambda: judge(numbers)), best_of(TURNS, lambda: bare(numbers))
    print(f"{verdicts / judged:,.0f} verdicts a second (asked for: {ASKED_A_SECOND:,})")
    print(f"{judged / compared:.1f} times as long as bare comparisons")


if __name__ == "__main__":
    main()
