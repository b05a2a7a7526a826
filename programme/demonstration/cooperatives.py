"""Invented cooperatives of a province and what they reported for 2019 and 2020."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, islice
from typing import TYPE_CHECKING

from cooperatives.assessment import rate_return
from cooperatives.models import Cooperative, YearlyReturn
from ntm_portal.lib.text import fold
from programme.demonstration.details import describe, report
from programme.demonstration.quotas import scaled, shared_out
from programme.demonstration.words import words

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence

    from communes.models import AdministrativeUnit
    from programme.demonstration.latent import Commune

# Totals at the end of 2020 (vietnamfdi.com.vn: about 17,000, 68 unions, about 70 % effective).
COOPERATIVES, UNIONS, EFFECTIVE, DISSOLVED = 16_932, 68, 11_900, 300
# How many more a commune of a region has: 362 in a province of the Red River Delta, 85 in one of
# the Southeast (2019).
BY_REGION = {"DBSH": 1.6, "DNB": 0.7, "TN": 0.8, "TDMNPB": 0.9, "BTB": 1.1, "DBSCL": 0.9}
LAW_OF_2012, LAW_OF_2003 = "Luật Hợp tác xã 2012", "Luật Hợp tác xã 2003"
LAW_CHANGED = date(2013, 7, 1)
FIRST_DAY, LAST_DAY = date(2004, 1, 5), date(2020, 12, 15)
YOUNG = date(2020, 1, 2)  # registered from this day on, a cooperative is not rated for 2020
YOUNG_RATE = 0.2  # of those that are not effective
ONE_DAY = timedelta(days=1)
BATCH = 2000
YEARS = (2019, 2020)
STAYED_EFFECTIVE = 0.8  # of the effective ones of 2020, how many were so in 2019
EFFECTIVE_SCORES, OTHER_SCORES = (65.0, 96.0), (34.0, 64.9)


@dataclass(frozen=True, slots=True)
class Quota:
    """How many cooperatives of each sort a province has."""

    cooperatives: int
    effective: int
    unions: int
    dissolved: int


def quotas(communes_by_province: Mapping[str, tuple[str, int]]) -> dict[str, Quota]:
    """Share the national totals out, given each province's region and number of communes."""
    weights = {
        code: number * BY_REGION.get(region, 1.0)
        for code, (region, number) in communes_by_province.items()
    }
    totals = (COOPERATIVES, EFFECTIVE, UNIONS, DISSOLVED)
    communes = sum(number for _region, number in communes_by_province.values())
    parts = [shared_out(scaled(total, communes), weights) for total in totals]
    return {code: Quota(*(part[code] for part in parts)) for code in weights}


def make_cooperatives(
    chance: random.Random,
    province: AdministrativeUnit,
    communes: Sequence[Commune],
    quota: Quota,
    maker_id: int,
) -> list[Cooperative]:
    """Make the cooperatives of a province with what they reported; the first are effective."""
    names = _names(chance, communes)
    rows = [
        _cooperative(chance, *named, may_be_young=index >= quota.effective)
        for index, named in enumerate(islice(names, quota.cooperatives))
    ]
    unions = [
        _cooperative(chance, words()["union"].format(place=province.short_name), commune.pk)
        for commune in islice(cycle(communes), quota.unions)
    ]
    for union in unions:
        union.kind = Cooperative.Kind.UNION
    gone = [_cooperative(chance, *named) for named in islice(names, quota.dissolved)]
    for row in gone:
        row.dissolved_on = row.registered_on + (LAST_DAY - row.registered_on) / 2
    Cooperative.objects.bulk_create([*rows, *unions, *gone], batch_size=BATCH)
    returns = [
        item
        for index, row in enumerate(rows)
        for item in _returns(chance, row, maker_id, is_effective=index < quota.effective)
    ]
    YearlyReturn.objects.bulk_create(returns, batch_size=BATCH)
    return rows


def _names(chance: random.Random, communes: Sequence[Commune]) -> Iterator[tuple[str, int]]:
    """Yield names and communes; no commune has the same name twice."""
    patterns = words()["cooperatives"]
    starts = {commune.code: chance.randrange(len(patterns)) for commune in communes}
    for turn in range(len(patterns)):
        for commune in chance.sample(communes, len(communes)):
            pattern = patterns[(starts[commune.code] + turn) % len(patterns)]
            yield pattern.format(place=commune.name), commune.pk


def _cooperative(
    chance: random.Random, name: str, commune_id: int, *, may_be_young: bool = False
) -> Cooperative:
    first, last = (FIRST_DAY, YOUNG - ONE_DAY)
    if may_be_young and chance.random() < YOUNG_RATE:
        first, last = YOUNG, LAST_DAY
    registered_on = first + timedelta(days=chance.randint(0, (last - first).days))
    row = Cooperative(
        name=name,
        search_name=fold(name),
        commune_id=commune_id,
        registered_under=LAW_OF_2012 if registered_on >= LAW_CHANGED else LAW_OF_2003,
        registered_on=registered_on,
        is_demonstration=True,
    )
    describe(row)
    return row


def _returns(
    chance: random.Random, row: Cooperative, maker_id: int, *, is_effective: bool
) -> Iterator[YearlyReturn]:
    """Yield the returns of the years in which it was there, rated by the rule of each year."""
    was_effective = is_effective and chance.random() < STAYED_EFFECTIVE
    for year, effective in zip(YEARS, (was_effective, is_effective), strict=True):
        if row.registered_on.year > year:
            continue
        score = chance.uniform(*(EFFECTIVE_SCORES if effective else OTHER_SCORES))
        item = YearlyReturn(cooperative=row, year=year, score=Decimal(round(score * 10)) / 10)
        item.recorded_by_id = maker_id
        item.status = YearlyReturn.Status.VERIFIED
        report(item)
        rate_return(item)
        if item.rating == YearlyReturn.Rating.NOT_RATED:
            item.score = None
        yield item
