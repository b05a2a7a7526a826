"""The numbers of one commune in every round, from its gaps; pure.

Each measure has a *hold*: the gap up to which this commune meets it. A hold is the commune's
for all rounds, so a measure that is met stays met while the gap shrinks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from criteria.scoring.verdicts import Typed
from programme.demonstration.figures import Asked, number
from programme.demonstration.latent import ROUNDS

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from programme.demonstration.story import Told

# The criteria that communes fail, the most often failed first, and the gap at which a typical
# commune begins to fail each: many fall soon, the last only far behind.
HARDEST = ("17", "10", "2", "6", "5", "11", "9", "13", "15", "3", "16", "14", "18", "7", "12")
HOLDS = (0.02, 0.07, 0.13, 0.2, 0.28, 0.39, 0.54, 0.74, 1.0, 1.35, 1.75, 2.2, 2.9, 3.6, 4.3)
NEARLY_ALWAYS = 4.5
PRESSING = {"TDMNPB": ("11", "10"), "TN": ("11", "10"), "DBSCL": ("2", "13"), "DBSH": ("17", "5")}
CHANCE = 0.3  # how much communes differ in what they find hard
AWAITING = 0.04  # within this gap all is met, and only the decision is awaited
SLIP_RATE, SLIP_MARGIN = 0.02, -0.12
LAST_TOLD = ROUNDS[-1]
SLIPS = ("10", "11", "15.1", "16", "17.6", "9.2")
REMEASURED_RATE, REMEASURED_CHANCE = 0.4, 0.04
STEP_ROOM = 0.6  # how much easier the other measures of a criterion are, on average
TOLD_MARGIN = 0.5


class Figure(NamedTuple):
    """A number in a round, the one before, where it was last typed, and if it meets its level."""

    number: Typed
    before: Typed
    typed_in: int
    holds: bool


Figures = dict[int, Figure]  # by measure id


def history(
    chance: random.Random, gaps: Sequence[float], region_code: str, asked: Sequence[Asked]
) -> list[Figures]:
    """Return the figures of a commune, round by round."""
    holds = _holds(chance, region_code, asked)
    floors = {item.id: chance.expovariate(10) for item in asked}
    slip = _slip(chance, asked)
    rounds: list[Figures] = []
    for index, gap in enumerate(gaps):
        margins = {pk: hold - gap for pk, hold in holds.items()}
        is_complete = gap <= AWAITING
        if is_complete:
            margins = {pk: max(margin, floors[pk]) for pk, margin in margins.items()}
            if index == LAST_TOLD:
                margins |= slip
        sway = 0.0 if is_complete else REMEASURED_CHANCE
        rounds.append(_round(chance, index, asked, margins, sway, rounds[-1] if rounds else {}))
    return rounds


def tell(rounds: Sequence[Figures], told: Told, asked: Iterable[Asked]) -> None:
    """Put what is told of a commune in the place of what chance gave."""
    for item in asked:
        if (meets := told.meets(item.criterion_code)) is not None:
            margin = TOLD_MARGIN if meets else -TOLD_MARGIN
            _put(rounds, item.id, [number(item, margin)] * len(rounds))
        if item.code in told.numbers:
            _put(rounds, item.id, told.numbers[item.code])


def _put(rounds: Sequence[Figures], pk: int, numbers: Sequence[Decimal]) -> None:
    before: Typed = None
    typed_in = 0
    for index, (figures, new) in enumerate(zip(rounds, numbers, strict=True)):
        typed_in = index if new != before else typed_in
        figures[pk] = Figure(new, before, typed_in, holds=True)
        before = new


def _round(
    chance: random.Random,
    index: int,
    asked: Iterable[Asked],
    margins: Mapping[int, float],
    sway: float,
    last: Figures,
) -> Figures:
    """Return the figures of a round: carried from the last one unless something moved."""
    figures: Figures = {}
    for item in asked:
        margin, before = margins[item.id], last.get(item.id)
        if before is not None and item.is_remeasured and chance.random() < REMEASURED_RATE:
            margin += chance.gauss(0, sway)
        elif before is not None and before.holds == (margin >= 0):
            figures[item.id] = before
            continue
        new, old = number(item, margin), before.number if before else None
        typed_in = before.typed_in if before and new == old else index
        figures[item.id] = Figure(new, old, typed_in, holds=margin >= 0)
    return figures


def _holds(chance: random.Random, region_code: str, asked: Iterable[Asked]) -> dict[int, float]:
    """Return the gap up to which each measure is met: of a criterion, one binds."""
    by_criterion: dict[str, list[int]] = {}
    for item in asked:
        by_criterion.setdefault(item.criterion_code, []).append(item.id)
    pressing = PRESSING.get(region_code, ())
    order = (*pressing, *(code for code in HARDEST if code not in pressing))
    typical = dict(zip(order, HOLDS, strict=True))
    of_criteria = {
        code: typical.get(code, NEARLY_ALWAYS) + chance.gauss(0, CHANCE) for code in by_criterion
    }
    weakest = min(of_criteria, key=of_criteria.__getitem__)
    of_criteria[weakest] = min(of_criteria[weakest], AWAITING)
    holds: dict[int, float] = {}
    for code, measures in by_criterion.items():
        binding = chance.choice(measures)
        for pk in measures:
            room = 0.0 if pk == binding else chance.expovariate(1 / STEP_ROOM)
            holds[pk] = of_criteria[code] + room
    return holds


def _slip(chance: random.Random, asked: Iterable[Asked]) -> dict[int, float]:
    """Return, for a few, the one measure that a certified commune no longer meets."""
    code = chance.choice(SLIPS) if chance.random() < SLIP_RATE else None
    return {item.id: SLIP_MARGIN for item in asked if item.code == code}
