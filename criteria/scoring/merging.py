"""What is proposed for a unit that was formed from others, from what these last reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from criteria.scoring.verdicts import NOT_ASSESSED, Typed

PLACES = Decimal("0.01")
AT_MOST = "<="


class Merging(StrEnum):
    """How a value is worked out from those of the former units."""

    SUM = "sum"
    MEAN_POPULATION = "mean_population"
    MEAN_HOUSEHOLDS = "mean_households"
    ALL = "all"
    WORST = "worst"
    ANEW = "anew"


class Why(StrEnum):
    """Why nothing is proposed."""

    ANEW = "anew"
    NO_VALUE = "no_value"
    DIVIDED = "divided"
    NO_SIZE = "no_size"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Part:
    """What a former unit last reported, how large it is, and whether only a part of it came."""

    typed: Typed
    population: int | None = None
    households: int | None = None
    is_divided: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value to confirm, or why there is none."""

    typed: Typed = None
    why: Why | None = None


def propose(rule: Merging, comparator: str, parts: Sequence[Part]) -> Proposal:
    """Propose a value; nothing that would have to be assumed is proposed."""
    if rule is Merging.ANEW:
        return Proposal(why=Why.ANEW)
    if not parts or any(part.typed is None for part in parts):
        return Proposal(why=Why.NO_VALUE)
    if all(part.typed is NOT_ASSESSED for part in parts):
        return Proposal(NOT_ASSESSED)
    numbers = [part.typed for part in parts if isinstance(part.typed, Decimal)]
    if len(numbers) < len(parts):
        return Proposal(why=Why.LEFT_OUT)
    return _RULES[rule](comparator, numbers, parts)


def _sum(_comparator: str, numbers: Sequence[Decimal], parts: Sequence[Part]) -> Proposal:
    if any(part.is_divided for part in parts):
        return Proposal(why=Why.DIVIDED)
    return Proposal(sum(numbers, Decimal(0)))


def _all(_comparator: str, numbers: Sequence[Decimal], _parts: Sequence[Part]) -> Proposal:
    return Proposal(min(numbers))


def _worst(comparator: str, numbers: Sequence[Decimal], _parts: Sequence[Part]) -> Proposal:
    return Proposal(max(numbers) if comparator == AT_MOST else min(numbers))


def _mean(size_of: Callable[[Part], int | None]) -> _Work:
    def work(_comparator: str, numbers: Sequence[Decimal], parts: Sequence[Part]) -> Proposal:
        if len(set(numbers)) == 1:
            return Proposal(numbers[0])  # whatever the sizes are
        sizes = [size for part in parts if (size := size_of(part))]
        if len(sizes) < len(parts):
            return Proposal(why=Why.NO_SIZE)
        total = sum(number * size for number, size in zip(numbers, sizes, strict=True))
        return Proposal((Decimal(total) / sum(sizes)).quantize(PLACES))

    return work


_Work = Callable[[str, Sequence[Decimal], Sequence[Part]], Proposal]
_RULES: Mapping[Merging, _Work] = {
    Merging.SUM: _sum,
    Merging.MEAN_POPULATION: _mean(lambda part: part.population),
    Merging.MEAN_HOUSEHOLDS: _mean(lambda part: part.households),
    Merging.ALL: _all,
    Merging.WORST: _worst,
}
