"""Loads the demonstration province by province: whole or, when killed, to be gone on with.

1. People, rounds and levels are made; the rounds that are over stay open for the time being.
2. Each province is one transaction. It marks its communes stale, so that the roll-up is owed
   even if nobody ever goes on.
3. When no province is missing, what is owed is added up, and the rounds that are over are
   published. Until then the demonstration is not complete, and the next run goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from communes.changes import Changed, Kind, record_changes
from communes.models import Designation, StaleUnit
from criteria.assessment import Judge, load_spec
from criteria.models import Recognition, ReportingRound
from programme.demonstration import cooperatives, next_era, ocop, rounds
from programme.demonstration.accounts import MAKER, OFFICERS, VERIFIERS, make_accounts
from programme.demonstration.assessments import Actors, write_assessments
from programme.demonstration.bulk import take_stock
from programme.demonstration.chains import make_chains
from programme.demonstration.chapters import Stage, chapters
from programme.demonstration.designations import poor_communes
from programme.demonstration.latent import stream
from programme.demonstration.orders import set_on
from programme.demonstration.recognitions import recognitions
from programme.demonstration.thresholds import add_thresholds
from programme.publication.publishing import record
from programme.rollup import refresh_stale

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from ntm_portal.accounts.models import User
    from programme.demonstration.orders import Order, Work
    from programme.demonstration.provinces import Province

# What a province is written of in bulk: one line of the ledger for all there is of a kind.
WRITTEN = (
    *(Kind.THRESHOLD, Kind.ASSESSMENT, Kind.RECOGNITION, Kind.PRODUCER, Kind.PRODUCT),
    *(Kind.CERTIFICATE, Kind.COOPERATIVE, Kind.YEARLY_RETURN, Kind.VALUE_CHAIN),
    Kind.DESIGNATION,
)


def load(order: Order, work: Work, progress: Callable[[int], object]) -> None:
    """Load what is left to do; `progress` is told how many more communes are written."""
    people = make_beginning(order, work)
    stages = _stages(order.plans)
    shares = _Shares.of(work.every)
    for province in work.missing:
        _load_province(province, work.seed, stages, shares, people, order.today)
        progress(len(province.communes))
    finish(order, by=people[MAKER])


@transaction.atomic
def make_beginning(order: Order, work: Work) -> Mapping[str, User]:
    """Make people, rounds and levels, whichever are missing."""
    people = make_accounts()
    plans = (*order.plans, *next_era.plans_for(work.missing))
    rounds.begin_rounds(plans, by=people[MAKER], seed=work.seed)
    day = order.plans[-1].reference_date
    add_thresholds(load_spec(set_on(day), day), [item.unit for item in work.missing], day.year)
    if later := next_era.stage():
        next_era.set_levels(later.judge, work.missing)
    return people


@transaction.atomic
def finish(order: Order, *, by: User) -> None:
    """Add up what is owed, then publish the rounds that are over."""
    take_stock()
    refresh_stale()
    rounds.publish_rounds((*order.plans, next_era.PLAN), by=by)
    for row in ReportingRound.objects.filter(status=ReportingRound.Status.PUBLISHED):
        record(row, by=by)


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
    today: date,
) -> None:
    """Write everything about a province, and that its communes are owed a roll-up."""
    communes, maker = province.known, people[MAKER]
    places = province.places([stage.round.reference_date for stage in stages])
    told = [
        chapter
        for commune in communes
        for chapter in chapters(seed, commune, places[commune.pk], stages)
    ]
    decided = recognitions(seed, province.unit, communes, province.districts, maker.pk)
    if province.code in next_era.PROVINCES and (later := next_era.stage()):
        told += next_era.chapters(seed, province, later)
        decided += next_era.recognitions(seed, province, maker.pk)
    Designation.objects.bulk_create(poor_communes(seed, communes), batch_size=2000)
    write_assessments(told, _actors(province, people))
    Recognition.objects.bulk_create(decided, batch_size=2000)
    chance = stream(seed, "economy", province.code)
    joined = cooperatives.make_cooperatives(
        chance, province.unit, communes, shares.cooperatives[province.code], maker.pk
    )
    ocop.make_ocop(chance, communes, joined, shares.ocop[province.code], maker.pk, today)
    make_chains(stream(seed, "chains", province.code), joined, maker.pk)
    for kind in WRITTEN:
        record_changes(kind, [Changed("", province.unit.path)], by=maker)
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
            judge=Judge.of(set_on(plan.reference_date), plan.reference_date),
            is_over=plan.is_published,
            carried_from=before.code if before else "",
        )
        for before, plan in zip((None, *plans), plans, strict=False)
    ]
