"""Loads the demonstration province by province: whole or, when killed, to be gone on with.

1. People, rounds and levels are made; the rounds that are over stay open for the time being.
2. Each province is one transaction. It marks its communes stale, so that the roll-up is owed
   even if nobody ever goes on.
3. When no province is missing, what is owed is added up, and the rounds that are over are
   published. Until then the demonstration is not complete, and the next run goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit, StaleUnit
from criteria.assessment import Judge, load_spec
from criteria.models import Assessment, CriteriaSet, Recognition, ReportingRound
from ntm_portal.lib.errors import DomainError
from programme.demonstration import cooperatives, ocop, rounds
from programme.demonstration.accounts import MAKER, OFFICERS, VERIFIERS, make_accounts
from programme.demonstration.assessments import Actors, write_assessments
from programme.demonstration.chapters import Stage, chapters
from programme.demonstration.latent import stream
from programme.demonstration.provinces import Province, provinces_between
from programme.demonstration.recognitions import recognitions
from programme.demonstration.thresholds import add_thresholds
from programme.rollup import refresh_stale

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from ntm_portal.accounts.models import User

SEED = 1980


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
    """What is left to do of an order: all provinces of the map, and those to be loaded now."""

    seed: int
    every: list[Province]
    missing: list[Province] = field(default_factory=list)

    @property
    def communes(self) -> int:
        """Return how many communes are to be loaded."""
        return sum(len(province.communes) for province in self.missing)


def look(order: Order) -> Work | None:
    """Return what is left to do, nothing when all stands; raise DomainError when it must not be."""
    if ReportingRound.objects.filter(is_demonstration=False).exists():
        sentence = _("This database holds real rounds: the demonstration is not mixed with them.")
        raise DomainError(sentence, code="real-rounds")
    begun = rounds.begun_seed()
    if begun is not None and order.seed not in {None, begun}:
        sentence = _("The demonstration here was begun with seed %(seed)s: go on with that one.")
        raise DomainError(sentence % {"seed": begun}, code="other-seed")
    every = _provinces(order)
    done = _loaded_provinces(order.plans[-1].code)
    work = Work(begun if begun is not None else order.seed or SEED, every)
    work.missing = [
        item
        for item in every
        if item.code not in done and (not order.provinces or item.code in order.provinces)
    ]
    return work if work.missing or not rounds.are_published(order.plans) else None


def load(order: Order, work: Work, progress: Callable[[int], object]) -> None:
    """Load what is left to do; `progress` is told how many more communes are written."""
    people = make_beginning(order, work)
    stages = _stages(order.plans)
    shares = _Shares.of(work.every)
    for province in work.missing:
        _load_province(province, work.seed, stages, shares, people)
        progress(len(province.communes))
    finish(order, by=people[MAKER])


@transaction.atomic
def make_beginning(order: Order, work: Work) -> Mapping[str, User]:
    """Make people, rounds and levels, whichever are missing."""
    people = make_accounts()
    rounds.begin_rounds(order.plans, by=people[MAKER], seed=work.seed)
    day = order.plans[-1].reference_date
    add_thresholds(load_spec(_set_on(day), day), [item.unit for item in work.missing], day.year)
    return people


def finish(order: Order, *, by: User) -> None:
    """Add up what is owed, then publish the rounds that are over."""
    refresh_stale()
    with transaction.atomic():
        rounds.publish_rounds(order.plans, by=by)


@dataclass(frozen=True, slots=True)
class _Shares:
    """What each province has of the national totals."""

    cooperatives: Mapping[str, cooperatives.Quota]
    ocop: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, every: Sequence[Province]) -> _Shares:
        sizes = {item.code: (item.region_code, len(item.communes)) for item in every}
        return cls(
            cooperatives.quotas(sizes),
            ocop.quotas({code: size for code, (_, size) in sizes.items()}),
        )


@transaction.atomic
def _load_province(
    province: Province,
    seed: int,
    stages: Sequence[Stage],
    shares: _Shares,
    people: Mapping[str, User],
) -> None:
    """Write everything about a province, and that its communes are owed a roll-up."""
    communes, maker = province.known, people[MAKER]
    places = province.places([stage.round.reference_date for stage in stages])
    told = [
        chapter
        for commune in communes
        for chapter in chapters(seed, commune, places[commune.pk], stages)
    ]
    write_assessments(told, _actors(province, people))
    Recognition.objects.bulk_create(
        recognitions(seed, province.unit, communes, province.districts, maker.pk), batch_size=2000
    )
    chance = stream(seed, "economy", province.code)
    joined = cooperatives.make_cooperatives(
        chance, province.unit, communes, shares.cooperatives[province.code], maker.pk
    )
    ocop.make_ocop(chance, communes, joined, shares.ocop[province.code], maker.pk)
    # Not by `mark_stale`: its messages would set a worker adding up after each province.
    since = stages[0].round.reference_date
    StaleUnit.objects.bulk_create(
        [StaleUnit(unit_id=commune.pk, since=since) for commune in communes], batch_size=2000
    )


def _actors(province: Province, people: Mapping[str, User]) -> Actors:
    maker = people[MAKER]
    return Actors(
        typist=people.get(OFFICERS.get(province.code, MAKER), maker).pk,
        reviewer=people.get(VERIFIERS.get(province.code, MAKER), maker).pk,
        maker=maker.pk,
    )


def _stages(plans: Sequence[rounds.Planned]) -> list[Stage]:
    held = {row.code: row for row in ReportingRound.objects.filter(is_demonstration=True)}
    return [
        Stage(
            round=held[plan.code],
            judge=Judge.of(_set_on(plan.reference_date), plan.reference_date),
            is_over=plan.is_published,
            carried_from=before.code if before else "",
        )
        for before, plan in zip((None, *plans), plans, strict=False)
    ]


def _provinces(order: Order) -> list[Province]:
    days = [plan.reference_date for plan in order.plans]
    every = provinces_between(days[0], days[-1])
    if not every:
        raise DomainError(_("There is no map yet: run load_map first."), code="no-map")
    unknown = set(order.provinces) - {item.code for item in every}
    if unknown:
        sentence = _("No province with communes has the code %(codes)s.")
        raise DomainError(sentence % {"codes": ", ".join(sorted(unknown))}, code="no-province")
    return every


def _loaded_provinces(round_code: str) -> set[str]:
    loaded = Assessment.objects.filter(round__code=round_code).select_related("unit")
    return {item.unit.province_code for item in loaded.order_by().only("unit__path")}


def _set_on(day: date) -> CriteriaSet:
    level = AdministrativeUnit.Level.COMMUNE
    if (found := CriteriaSet.objects.in_force(day, level=level).first()) is None:
        raise DomainError(_("There are no criteria yet: run load_criteria first."), code="no-set")
    return found
