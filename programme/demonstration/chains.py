"""Invented value chains of a province, around some of its cooperatives."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from ntm_portal.lib.text import fold
from ocop.models import ChainContract, ValueChain

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from cooperatives.models import Cooperative

EVERY = 12  # one chain for so many cooperatives: invented, no figure of 2020 was read
STARTED = (date(2018, 8, 1), date(2020, 6, 30))  # NĐ 98/2018/NĐ-CP is of July 2018
YEARS = (2019, 2020)
NAME = "Chuỗi liên kết {name}"
BATCH = 2000


def make_chains(chance: random.Random, cooperatives: Sequence[Cooperative], maker_id: int) -> None:
    """Make a chain around every twelfth cooperative that was there before, with its contracts."""
    hubs = [row for row in cooperatives[::EVERY] if row.registered_on < STARTED[0]]
    chains = [_chain(chance, row) for row in hubs]
    ValueChain.objects.bulk_create(chains, batch_size=BATCH)
    joined = ValueChain.cooperatives.through
    joined.objects.bulk_create(
        [
            joined(valuechain_id=chain.pk, cooperative_id=row.pk)
            for chain, row in zip(chains, hubs, strict=True)
        ],
        batch_size=BATCH,
    )
    ChainContract.objects.bulk_create(
        [
            _contracts(chance, chain, year, maker_id)
            for chain in chains
            for year in YEARS
            if chain.started_on.year <= year
        ],
        batch_size=BATCH,
    )


def _chain(chance: random.Random, row: Cooperative) -> ValueChain:
    name = NAME.format(name=row.name)
    days = (STARTED[1] - STARTED[0]).days
    return ValueChain(
        name=name,
        search_name=fold(name),
        lead_unit_id=row.commune_id,
        started_on=STARTED[0] + timedelta(days=chance.randint(0, days)),
        households=chance.randint(20, 400),
        is_demonstration=True,
    )


def _contracts(chance: random.Random, chain: ValueChain, year: int, maker_id: int) -> ChainContract:
    number = chance.randint(1, 12)
    value = Decimal(number * chance.randint(80, 2_400))
    return ChainContract(
        chain=chain, year=year, number=number, value_million_vnd=value, recorded_by_id=maker_id
    )
