"""What the page of a place shows: counts on a day, and how they grew from year to year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ocop.filters import EXPIRING
from ocop.models import Certificate, Producer, Product
from ocop.rulebooks import awarded_stars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from communes.models import AdministrativeUnit
    from ocop.querysets import CertificateQuerySet

FIRST_YEAR = 2019


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year at its end: products in force by stars, those first certified, new producers."""

    year: int
    stars: tuple[int, ...]
    total: int
    new: int
    producers: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A product group: products in force by stars."""

    code: str
    label: str
    stars: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class AreaPage:
    """Everything the page shows."""

    unit: AdministrativeUnit
    years: Sequence[YearLine]
    groups: Sequence[GroupLine]
    kinds: Sequence[tuple[str, str, int]]
    ending: Sequence[tuple[str, int]]
    potential: int


def load_area(unit: AdministrativeUnit, day: date) -> AreaPage:
    """Load the page; the rows are read once and counted for each year."""
    here = Certificate.objects.within([unit.path]).standardised().order_by()
    rows = list(
        here.values_list(
            "product_id", "product__group", "stars", "valid_from", "valid_to", "revoked_on"
        )
    )
    producers = Producer.objects.within([unit.path]).joined_by(day).order_by()
    joined = Counter(found.year for found in producers.values_list("joined_on", flat=True))
    held = here.in_force(day)
    return AreaPage(
        unit=unit,
        years=[_year(rows, end, joined[end.year]) for end in _ends(day)],
        groups=_groups(rows, day),
        kinds=[
            (kind, str(Producer.Kind(kind).label), number)
            for kind, number in Counter(producers.values_list("kind", flat=True)).most_common()
        ],
        ending=_ending(held, day),
        potential=held.filter(is_potential_five=True).count(),
    )


def _ends(day: date) -> list[date]:
    """Return the day to count on for each year: its end, for the last one the day itself."""
    return [date(year, 12, 31) for year in range(FIRST_YEAR, day.year)] + [day]


def _best(
    rows: list[tuple[int, str, int, date, date, date | None]], day: date
) -> dict[int, tuple[str, int]]:
    """Return the most stars that each product holds on the day, with its group."""
    best: dict[int, tuple[str, int]] = {}
    for product, group, stars, begun, ended, revoked in rows:
        holds = begun <= day <= ended and (revoked is None or revoked > day)
        if holds and stars > best.get(product, ("", 0))[1]:
            best[product] = (group, stars)
    return best


def _year(
    rows: list[tuple[int, str, int, date, date, date | None]], end: date, producers: int
) -> YearLine:
    counted = Counter(stars for _group, stars in _best(rows, end).values())
    first: dict[int, date] = {}
    for product, _group, _stars, begun, _ended, _revoked in rows:
        first[product] = min(begun, first.get(product, begun))
    new = sum(begun.year == end.year and begun <= end for begun in first.values())
    by_stars = tuple(counted[number] for number in awarded_stars())
    return YearLine(end.year, by_stars, sum(by_stars), new, producers)


def _groups(
    rows: list[tuple[int, str, int, date, date, date | None]], day: date
) -> list[GroupLine]:
    counted = Counter(_best(rows, day).values())
    lines = []
    for group in Product.Group:
        by_stars = tuple(counted[group.value, number] for number in awarded_stars())
        lines.append(GroupLine(group.value, str(group.label), by_stars, sum(by_stars)))
    return lines


def _ending(held: CertificateQuerySet, day: date) -> list[tuple[str, int]]:
    return [(state, held.expiring(day, days=days).count()) for state, days in EXPIRING.items()]
