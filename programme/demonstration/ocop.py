"""Invented OCOP products of a province, what councils scored and what was awarded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle
from typing import TYPE_CHECKING

from ntm_portal.lib.text import fold
from ocop.grading import Rounding, last_valid_day, stars
from ocop.models import Certificate, Evaluation, Level, Producer, Product
from ocop.rulebooks import schemes
from programme.demonstration.producers import JOINED_2020, producers
from programme.demonstration.quotas import scaled, shared_out
from programme.demonstration.renewals import REASON, renew
from programme.demonstration.scores import BY_STARS, LACKING, totals
from programme.demonstration.words import products

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from cooperatives.models import Cooperative
    from ocop.grading import Scheme
    from programme.demonstration.latent import Commune

Group = Product.Group
REFUSED, REVOKED = 310, 30
# Producers: enterprises and cooperatives that joined in 2020, those before, all others.
NEW, OLDER, OTHERS = 412, 780, 560
GROUPS = {
    Group.FOOD: 74,
    Group.DRINK: 11,
    Group.HERBAL: 5,
    Group.CRAFT: 6,
    Group.ORNAMENTAL: 1,
    Group.TOURISM: 3,
}
WITHOUT_MINIMUM = 0.15  # of those refused, who had the score but not the minimum conditions
DECIDED = (date(2019, 9, 15), date(2020, 12, 22))
DECIDED_LATE = (date(2020, 9, 20), date(2020, 12, 22))  # for those who joined in 2020
SCORED_BEFORE = timedelta(days=24)
FILED_BEFORE = timedelta(days=60)
CONCLUDED_AT = time(16, 30, tzinfo=UTC)
SCHEME = "ocop-2019"
NUMBERS = {Level.PROVINCE: "MINH HỌA-{:%d%m%y}/QĐ-UBND", Level.NATION: "MINH HỌA-{:%d%m%y}/QĐ-BNN"}
REVOKED_ON = date(2020, 11, 30)
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a product: its stars, none when refused, and if they were taken back."""

    stars: int
    is_revoked: bool = False


def quotas(communes_by_province: Mapping[str, int]) -> dict[str, Mapping[str, int]]:
    """Share the national totals out by the number of communes, by province and name."""
    totals = {"new": NEW, "older": OLDER, "others": OTHERS, "refused": REFUSED, "revoked": REVOKED}
    totals |= {f"stars_{stars}": total for stars, total in BY_STARS.items()}
    communes = sum(communes_by_province.values())
    parts = {
        name: shared_out(scaled(total, communes), communes_by_province)
        for name, total in totals.items()
    }
    return {
        code: {name: part[code] for name, part in parts.items()} for code in communes_by_province
    }


def make_ocop(
    chance: random.Random,
    communes: Sequence[Commune],
    cooperatives: Sequence[Cooperative],
    quota: Mapping[str, int],
    maker_id: int,
    today: date,
) -> None:
    """Make the producers of a province, their products and what became of each up to `today`."""
    joined = {name: quota[name] for name in ("new", "older", "others")}
    makers = list(producers(chance, communes, cooperatives, **joined))
    if not makers:
        return
    chance.shuffle(makers)
    Producer.objects.bulk_create(makers, batch_size=BATCH)
    fates = _fates(chance, quota)
    made = [
        _product(chance, communes, maker)
        for maker, _fate in zip(cycle(makers), fates, strict=False)
    ]
    Product.objects.bulk_create(made, batch_size=BATCH)
    scored = [
        _evaluation(chance, product, fate, maker_id)
        for product, fate in zip(made, fates, strict=True)
    ]
    Evaluation.objects.bulk_create(scored, batch_size=BATCH)
    awarded = [
        _certificate(evaluation, fate)
        for evaluation, fate in zip(scored, fates, strict=True)
        if fate.stars
    ]
    Certificate.objects.bulk_create(awarded, batch_size=BATCH)
    renew(chance, awarded, today)


def _fates(chance: random.Random, quota: Mapping[str, int]) -> list[Fate]:
    fates = [Fate(stars) for stars in BY_STARS for _index in range(quota[f"stars_{stars}"])]
    fates += [Fate(0)] * quota["refused"]
    fates += [Fate(min(BY_STARS), is_revoked=True)] * quota["revoked"]
    chance.shuffle(fates)
    return fates


def _product(chance: random.Random, communes: Sequence[Commune], maker: Producer) -> Product:
    commune = next(item for item in communes if item.pk == maker.commune_id)
    group = chance.choices(tuple(GROUPS), tuple(GROUPS.values()))[0]
    pattern = chance.choice(products(group.value, commune.region_code))
    name = pattern.format(place=commune.name)
    return Product(
        name=name,
        search_name=fold(name),
        producer=maker,
        commune_id=commune.pk,
        group=group,
        is_demonstration=True,
    )


def _evaluation(chance: random.Random, product: Product, fate: Fate, maker_id: int) -> Evaluation:
    span = DECIDED_LATE if product.producer.joined_on >= JOINED_2020[0] else DECIDED
    decided = span[0] + timedelta(days=chance.randint(0, (span[1] - span[0]).days))
    lacks_minimum = not fate.stars and chance.random() < WITHOUT_MINIMUM
    scheme = _scheme()
    low, high = totals(scheme, max(BY_STARS) if lacks_minimum else fate.stars)
    total = Decimal(chance.randint(low * 10, high * 10)) / 10
    band = stars(total, bands=scheme.bands)
    conditions = scheme.conditions_of(product.group)
    capped = min(item.stars for item in scheme.conditions if item.code == LACKING) - 1
    answers = {item.code: True for item in conditions if item.text and item.stars <= band}
    if lacks_minimum:
        answers[LACKING] = False
    return Evaluation(
        product=product,
        level=Level.NATION if fate.stars == max(BY_STARS) or lacks_minimum else Level.PROVINCE,
        filed_on=decided - FILED_BEFORE,
        evaluated_on=decided - SCORED_BEFORE,
        scheme_code=SCHEME,
        answers=answers,
        rounding=Rounding.NONE,
        mean=total,
        total=total,
        band=band,
        stars=min(band, capped) if lacks_minimum else band,
        minimum_met=not lacks_minimum,
        concluded_at=datetime.combine(decided - SCORED_BEFORE, CONCLUDED_AT),
        recorded_by_id=maker_id,
    )


def _certificate(evaluation: Evaluation, fate: Fate) -> Certificate:
    decided = evaluation.evaluated_on + SCORED_BEFORE
    level = Level(evaluation.level)
    return Certificate(
        product=evaluation.product,
        evaluation=evaluation,
        stars=fate.stars,
        decided_by_level=level,
        decision_number=NUMBERS[level].format(decided),
        valid_from=decided,
        valid_to=last_valid_day(decided, months=_scheme().validity_months),
        revoked_on=max(decided, REVOKED_ON) if fate.is_revoked else None,
        revoked_by_decision=NUMBERS[level].format(REVOKED_ON) if fate.is_revoked else "",
        revocation_reason=REASON if fate.is_revoked else "",
        recorded_by_id=evaluation.recorded_by_id,
        is_demonstration=True,
    )


def _scheme() -> Scheme:
    return next(item for item in schemes() if item.code == SCHEME)
