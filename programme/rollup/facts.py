"""What a unit counts on the day whatever was typed in a round: the same on both bases."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Max, Min, When

from communes.models import AdministrativeUnit
from cooperatives.models import Cooperative, YearlyReturn
from criteria.models import CriteriaSet, Recognition
from ocop.models import Certificate, Producer, ValueChain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from django.db.models import QuerySet

    from programme.rollup.places import Places

    Counted: TypeAlias = tuple[int, str, int]  # a unit, a counter, by how much

NTM = CriteriaSet.Standard.NTM
CERTIFIED: dict[str, str] = {
    NTM: "certified",
    CriteriaSet.Standard.ADVANCED: "certified_advanced",
    CriteriaSet.Standard.MODEL: "certified_model",
}
# Above communes, a unit that completed its task counts as one that is recognised.
RECOGNISED: dict[str, str] = {
    AdministrativeUnit.Level.DISTRICT: "districts_recognised",
    AdministrativeUnit.Level.PROVINCE: "provinces_recognised",
}
SOON_DAYS = 183  # "ending soon": within six months
KINDS: dict[str, str] = {
    Producer.Kind.ENTERPRISE: "ocop_enterprises",
    Producer.Kind.COOPERATIVE: "ocop_cooperatives",
    Producer.Kind.COOPERATIVE_GROUP: "ocop_cooperative_groups",
    Producer.Kind.HOUSEHOLD: "ocop_households",
    Producer.Kind.FARM: "ocop_farms",
}
RECOGNISING = frozenset({NTM, Recognition.Standard.COMPLETED})


def of(places: Places) -> Iterator[Counted]:
    """Yield what each of the units counts; ten queries, whatever the number of units."""
    found = chain(
        ((pk, "communes", 1) for pk in places.by_id if places.is_commune(pk)),
        _recognitions(places),
        _products(places),
        _producers(places),
        _cooperatives(places),
        _chains(places),
    )
    return (counted for counted in found if counted[0] in places.by_id)


def _recognitions(places: Places) -> Iterator[Counted]:
    """Count a unit once by counter, however many decisions say so."""
    rows = Recognition.objects.in_force(places.day).filter(places.at("unit")).order_by()
    held = set(rows.values_list("unit_id", "standard"))
    counted = {
        (pk, counter) for pk, standard in held if (counter := _counter(places, pk, standard))
    }
    return ((pk, counter, 1) for pk, counter in counted)


def _counter(places: Places, pk: int, standard: str) -> str | None:
    if places.is_commune(pk):
        return CERTIFIED.get(standard)
    return RECOGNISED.get(places.level(pk)) if standard in RECOGNISING else None


def _products(places: Places) -> Iterator[Counted]:
    """Count each product once, by the most stars it holds; new, pending and ending ones as well."""
    rows = Certificate.objects.standardised().filter(places.at("product__commune")).order_by()
    granted = rows.filter(valid_from__lte=places.day).values_list("product", "product__commune")
    first = {}
    for product, pk, since in granted.annotate(Min("valid_from")):
        first[product] = since
        yield pk, "ocop_granted", 1
    best = rows.in_force(places.day).values_list("product", "product__commune")
    pending = Max(Case(When(is_potential_five=True, then=1), default=0))
    soon = places.day + timedelta(days=SOON_DAYS)
    for product, pk, stars, ends, is_pending in best.annotate(
        most=Max("stars"), ends=Max("valid_to"), pending=pending
    ):
        yield pk, f"ocop_{stars}_stars", 1
        yield pk, "ocop_potential_5_stars", is_pending
        yield pk, "ocop_expiring", int(ends <= soon)
        yield pk, "ocop_new_products", int(first[product].year == places.day.year)


def _producers(places: Places) -> Iterator[Counted]:
    here = Producer.objects.filter(places.at("commune"))
    by_kind = here.joined_by(places.day).values_list("commune", "kind").annotate(Count("pk"))
    for pk, kind, number in by_kind.order_by():
        yield pk, "ocop_producers", number
        yield pk, KINDS[kind], number
    new = here.joined_in_year_of(places.day).enterprises_and_cooperatives()
    yield from _by_commune(new, "ocop_new_producers")


def _cooperatives(places: Places) -> Iterator[Counted]:
    active = Cooperative.objects.active_on(places.day).filter(places.at("commune"))
    effective = YearlyReturn.objects.latest_by(places.day).filter(
        is_effective=True, cooperative__in=active.order_by().values("pk")
    )
    yield from _by_commune(active, "cooperatives")
    new = active.filter(registered_on__year=places.day.year)
    yield from _by_commune(new, "cooperatives_new")
    for pk in effective.values_list("cooperative__commune", flat=True):
        yield pk, "cooperatives_effective", 1


def _chains(places: Places) -> Iterator[Counted]:
    at_work = ValueChain.objects.active_on(places.day).filter(places.at("lead_unit"))
    for pk, number in at_work.values_list("lead_unit").annotate(Count("pk")).order_by():
        yield pk, "value_chains", number


def _by_commune(
    rows: QuerySet[Producer] | QuerySet[Cooperative], counter: str
) -> Iterator[Counted]:
    for pk, number in rows.values_list("commune").annotate(Count("pk")).order_by():
        yield pk, counter, number
