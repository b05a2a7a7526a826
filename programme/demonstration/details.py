"""Invented details of cooperatives: field, members, capital; each from a chance of its own."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import TYPE_CHECKING

from cooperatives.models import Cooperative

if TYPE_CHECKING:
    from cooperatives.models import YearlyReturn

Sector = Cooperative.Sector
SECTORS = {  # by what the name says, without tone marks
    "chan nuoi": Sector.LIVESTOCK,
    "thuy san": Sector.FISHERY,
    "lam nghiep": Sector.FORESTRY,
    "nuoc sach": Sector.WATER,
    "muoi": Sector.SALT,
    "rau": Sector.CROPS,
    "nong san": Sector.CROPS,
    "trong trot": Sector.CROPS,
}
MEMBERS = (3.6, 0.9)  # logarithm of the members: half have about 37, few have hundreds
LEAST_MEMBERS = 7  # the law of 2012
WOMEN = (0.2, 0.55)
CAPITAL_EACH = (4, 60)  # million đồng for each member
REVENUE_EACH = (10, 90)
LAND_EACH = (0.1, 1.6)
HIGH_TECHNOLOGY = 0.1  # over 1,700 of about 17,000 (vietnamfdi.com.vn)


def describe(row: Cooperative) -> None:
    """Give a cooperative its details; other rows are not moved by them."""
    chance = _chance(row)
    row.sector = next(
        (sector for said, sector in SECTORS.items() if said in row.search_name), Sector.MIXED
    )
    row.members = max(LEAST_MEMBERS, int(chance.lognormvariate(*MEMBERS)))
    row.women_members = int(row.members * chance.uniform(*WOMEN))
    row.capital_million_vnd = Decimal(row.members * chance.randint(*CAPITAL_EACH))
    row.land_ha = Decimal(round(row.members * chance.uniform(*LAND_EACH) * 10)) / 10
    row.uses_high_technology = chance.random() < HIGH_TECHNOLOGY


def report(row: YearlyReturn) -> None:
    """Give a yearly return the figures that go with its cooperative."""
    cooperative = row.cooperative
    row.members, row.women_members = cooperative.members, cooperative.women_members
    row.capital_million_vnd = cooperative.capital_million_vnd
    each = _chance(cooperative).randint(*REVENUE_EACH)
    row.revenue_million_vnd = Decimal((cooperative.members or 0) * each * (row.year - 2010) // 10)


def _chance(row: Cooperative) -> random.Random:
    return random.Random(f"{row.name} {row.commune_id}")  # noqa: S311  (invented figures)
