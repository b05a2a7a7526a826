"""Entries of producers and cooperatives that look like one and the same, to be joined.

They look so by their tax number (without that of a branch), or by name and commune when tone
marks are ignored.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Count, Q
from django.db.models.functions import Substr

from cooperatives.models import Cooperative
from ntm_portal.lib.addresses import addresses_of
from ocop.models import Producer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.db.models import QuerySet

Row = TypeVar("Row", Producer, Cooperative)
MOST_GROUPS = 100  # of a kind and a reason at a time: joined ones make room
TAX_DIGITS = 10  # what follows is the number of a branch


@dataclass(frozen=True, slots=True)
class Alike:
    """Entries that look like one: the oldest, and the others that would be joined with it."""

    reason: str  # tax, name
    kept: Producer | Cooperative
    others: tuple[Producer | Cooperative, ...]

    @property
    def keys(self) -> frozenset[int]:
        """Return the keys of all of them."""
        return frozenset((self.kept.pk, *(row.pk for row in self.others)))


@dataclass(frozen=True, slots=True)
class Register:
    """What looks double in one of the two registers."""

    kind: str  # producer, cooperative
    alike: Sequence[Alike]
    address: Callable[[int], str]

    def joining(self) -> Iterator[tuple[Alike, str]]:
        """Yield each with the address of the page of the entry that is kept."""
        return ((item, self.address(item.kept.pk)) for item in self.alike)


def doubles_within(paths: Iterable[str]) -> list[Register]:
    """Return what looks double at or below one of `paths`; eight queries at most."""
    paths = tuple(paths)
    producers = Producer.objects.within(paths).counted()
    cooperatives = Cooperative.objects.within(paths).counted()
    return [
        Register("producer", _alike(producers), addresses_of("producer-detail")),
        Register("cooperative", _alike(cooperatives), addresses_of("cooperative-detail")),
    ]


def _alike(rows: QuerySet[Row]) -> list[Alike]:
    by_tax = _by_tax(rows)
    told = {item.keys for item in by_tax}
    return by_tax + [item for item in _by_name(rows) if item.keys not in told]


def _by_tax(rows: QuerySet[Row]) -> list[Alike]:
    with_tax = rows.exclude(tax_code="").order_by()
    numbers = with_tax.values_list(Substr("tax_code", 1, TAX_DIGITS)).annotate(number=Count("pk"))
    several = numbers.filter(number__gt=1).order_by(Substr("tax_code", 1, TAX_DIGITS))
    found = [tax for tax, _number in several[:MOST_GROUPS]]
    begins = reduce(or_, (Q(tax_code__startswith=tax) for tax in found), Q(pk__in=[]))
    loaded = _loaded(with_tax.filter(begins)).order_by("tax_code", "pk")
    return [
        _group("tax", sorted(same, key=lambda row: row.pk))
        for _tax, same in groupby(loaded, key=lambda row: row.tax_code[:TAX_DIGITS])
    ]


def _by_name(rows: QuerySet[Row]) -> list[Alike]:
    places = rows.order_by().values("search_name", "commune").annotate(number=Count("pk"))
    several = places.filter(number__gt=1).order_by("search_name", "commune")[:MOST_GROUPS]
    found = {(item["search_name"], item["commune"]) for item in several}
    names = {name for name, _commune in found}
    loaded = _loaded(rows.filter(search_name__in=names)).order_by("search_name", "commune", "pk")
    same_name = groupby(loaded, key=lambda row: (row.search_name, row.commune_id))
    return [_group("name", list(same)) for key, same in same_name if key in found]


def _loaded(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.select_related("commune__parent")


def _group(reason: str, rows: list[Row]) -> Alike:
    return Alike(reason, rows[0], tuple(rows[1:]))
