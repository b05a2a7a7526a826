"""Invented OCOP producers of a province."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ntm_portal.lib.text import fold
from ocop.models import Producer
from programme.demonstration.words import words

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from cooperatives.models import Cooperative
    from programme.demonstration.latent import Commune

Kind = Producer.Kind
COOPERATIVE_RATE = 0.55  # of enterprises and cooperatives
HOUSEHOLD_RATE = 0.85  # of the others; the rest are co-operative groups
JOINED_BEFORE = (date(2018, 6, 1), date(2019, 8, 15))
JOINED_2020 = (date(2020, 1, 6), date(2020, 8, 31))


def producers(
    chance: random.Random,
    communes: Sequence[Commune],
    cooperatives: Sequence[Cooperative],
    *,
    new: int,
    older: int,
    others: int,
) -> Iterator[Producer]:
    """Yield enterprises and cooperatives that joined in 2020 and before, then all others."""
    free = [row for row in cooperatives if row.registered_on < JOINED_BEFORE[0]]
    chance.shuffle(free)
    for number, span in ((new, JOINED_2020), (older, JOINED_BEFORE)):
        for _index in range(number):
            joined_on = _day(chance, span)
            if free and chance.random() < COOPERATIVE_RATE:
                yield _of_cooperative(free.pop(), joined_on)
            else:
                yield _other(chance, communes, Kind.ENTERPRISE, joined_on)
    for _index in range(others):
        is_household = chance.random() < HOUSEHOLD_RATE
        kind = Kind.HOUSEHOLD if is_household else Kind.COOPERATIVE_GROUP
        yield _other(chance, communes, kind, _day(chance, JOINED_BEFORE))


def _of_cooperative(cooperative: Cooperative, joined_on: date) -> Producer:
    return Producer(
        name=cooperative.name,
        search_name=cooperative.search_name,
        kind=Kind.COOPERATIVE,
        commune_id=cooperative.commune_id,
        cooperative=cooperative,
        joined_on=joined_on,
        is_demonstration=True,
    )


def _other(
    chance: random.Random, communes: Sequence[Commune], kind: Kind, joined_on: date
) -> Producer:
    commune = chance.choice(communes)
    pattern = chance.choice(words()["producers"][kind.value])
    name = pattern.format(place=commune.name)
    return Producer(
        name=name,
        search_name=fold(name),
        kind=kind,
        commune_id=commune.pk,
        joined_on=joined_on,
        is_demonstration=True,
    )


def _day(chance: random.Random, span: tuple[date, date]) -> date:
    return span[0] + timedelta(days=chance.randint(0, (span[1] - span[0]).days))
