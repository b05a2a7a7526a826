"""What is asked for, what of it is there already, and whether it may be loaded here at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from criteria.models import Assessment, CriteriaSet, ReportingRound
from programme.demonstration import rounds
from programme.demonstration.provinces import Province, provinces_between

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

SEED = 1980


class CannotLoadError(Exception):
    """Say why the demonstration must not, or cannot, be loaded here."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: which provinces (none: all), on which day, from which seed."""

    today: date
    provinces: Collection[str] = ()
    seed: int | None = None
    due_in: int = rounds.DUE_IN

    @property
    def plans(self) -> tuple[rounds.Planned, ...]:
        """Return the rounds of the demonstration, oldest first."""
        return rounds.planned(self.today, self.due_in)


@dataclass(slots=True)
class Work:
    """What is left to do of an order: the seed, all provinces, and those still missing."""

    seed: int
    every: list[Province]
    missing: list[Province] = field(default_factory=list)

    @property
    def communes(self) -> int:
        """Return how many communes are to be loaded."""
        return sum(len(province.communes) for province in self.missing)


def look(order: Order) -> Work | None:
    """Return what is left to do, nothing when all stands; refuse what must not be done."""
    if ReportingRound.objects.filter(is_demonstration=False).exists():
        sentence = "This database holds real rounds: nothing invented is put among them."
        raise CannotLoadError(sentence)
    every = _provinces(order)
    done = _loaded_provinces(order)
    missing = [
        item
        for item in every
        if item.code not in done and (not order.provinces or item.code in order.provinces)
    ]
    if not missing and rounds.are_published(order.plans):
        return None
    _refuse_unless_open(order)
    return Work(_seed(order), every, missing)


def set_on(day: date) -> CriteriaSet:
    """Return the set by which communes are judged on `day`."""
    level = AdministrativeUnit.Level.COMMUNE
    if (found := CriteriaSet.objects.in_force(day, level=level).first()) is None:
        raise CannotLoadError("There are no criteria yet: run load_criteria first.")
    return found


def _provinces(order: Order) -> list[Province]:
    days = [plan.reference_date for plan in order.plans]
    every = provinces_between(days[0], days[-1])
    if not every:
        raise CannotLoadError("There is no map yet: run load_map first.")
    if unknown := set(order.provinces) - {item.code for item in every}:
        sentence = f"There is no province {min(unknown)} with communes to load."
        raise CannotLoadError(sentence)
    return every


def _loaded_provinces(order: Order) -> set[str]:
    """Return the provinces that are whole: each was one transaction."""
    loaded = Assessment.objects.filter(round__code=order.plans[-1].code).select_related("unit")
    return {item.unit.province_code for item in loaded.order_by().only("unit__path")}


def _refuse_unless_open(order: Order) -> None:
    """Refuse to add to an open round that people of the demonstration closed."""
    code = order.plans[-1].code
    if ReportingRound.objects.filter(code=code).exclude(status=rounds.Status.OPEN).exists():
        sentence = f"Round {code} is not open any more: nothing can be added to it."
        raise CannotLoadError(sentence)


def _seed(order: Order) -> int:
    begun = rounds.begun_seed()
    if begun is not None and order.seed not in {None, begun}:
        sentence = f"The demonstration here was begun with --seed {begun}: go on with that one."
        raise CannotLoadError(sentence)
    return next(seed for seed in (begun, order.seed, SEED) if seed is not None)
