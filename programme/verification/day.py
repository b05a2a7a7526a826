"""The map and the facts of one day, read row by row and picked by plain comparison."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from communes.models import AdministrativeUnit
from cooperatives.models import Cooperative, YearlyReturn
from criteria.models import Recognition
from ocop.models import Certificate, Producer, ValueChain
from ocop.rulebooks import awarded_stars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

STANDARDS = {"ntm": "certified", "advanced": "certified_advanced", "model": "certified_model"}
LEVELS = {"district": "districts_recognised", "province": "provinces_recognised"}
RECOGNISING = {"ntm", "completed"}  # a town that completed its task counts as recognised
NEWCOMERS = {"enterprise", "cooperative"}
SOON_DAYS = 183
SENT = {"submitted", "verified"}  # a draft of a yearly return says nothing yet
PERIOD = ("valid_from", "valid_to", "revoked_on")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the day."""

    pk: int
    path: str
    label: str
    level: str
    is_commune: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What a product holds on the day: the most stars, the last end, whether five are pending."""

    commune: int
    stars: int
    ends: date
    is_pending: bool

    def with_another(self, stars: int, ends: date, *, is_pending: bool) -> Held:
        """Return what it holds with one certificate more."""
        most, last = max(stars, self.stars), max(ends, self.ends)
        return Held(self.commune, most, last, is_pending or self.is_pending)


def parents_of(path: str) -> list[str]:
    """Return the paths of what the unit at `path` lies in, the nation first."""
    codes = path.strip("/").split("/")
    return [f"/{'/'.join(codes[:depth])}/" for depth in range(1, len(codes))]


def branch_of(path: str) -> str:
    """Return the path of the part of the country it lies in: what is right below the nation."""
    return [*parents_of(path), path][:2][-1]


def units_of(day: date) -> list[Unit]:
    """Return the units of the day."""
    fields = ("pk", "path", "name", "code", "level", "kind", "valid_from", "valid_to")
    return [
        Unit(pk, path, f"{name} ({code})", level, kind == "commune")
        for pk, path, name, code, level, kind, begun, ended in _rows(
            AdministrativeUnit.objects.all(), *fields
        )
        if (begun is None or begun <= day) and (ended is None or ended >= day)
    ]


def facts_of(units: Iterable[Unit], day: date) -> dict[int, Counter[str]]:
    """Return what each unit counts on the day, whatever was typed, by unit id."""
    facts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    by_id = {unit.pk: unit for unit in units}
    for unit in by_id.values():
        facts[unit.pk]["communes"] += unit.is_commune
    for pk, counter in (*_recognised(by_id, day), *_ocop(day), *_cooperatives(day)):
        facts[pk][counter] += 1
    return facts


def _recognised(units: dict[int, Unit], day: date) -> Iterator[tuple[int, str]]:
    held = {
        (pk, standard)
        for pk, standard, decided, revoked in _rows(
            Recognition.objects.all(), "unit_id", "standard", "decision_date", "revoked_on"
        )
        if pk in units and decided <= day and (revoked is None or revoked > day)
    }
    for pk, standard in held:
        if units[pk].is_commune:
            yield pk, STANDARDS[standard]
    for pk in {pk for pk, standard in held if standard in RECOGNISING}:
        if not units[pk].is_commune and units[pk].level in LEVELS:
            yield pk, LEVELS[units[pk].level]


def _ocop(day: date) -> Iterator[tuple[int, str]]:
    held: dict[int, Held] = {}
    first: dict[int, date] = {}
    granted: dict[int, int] = {}
    least = min(awarded_stars())
    for product, pk, stars, pending, begun, ended, revoked in _rows(
        Certificate.objects.all(),
        *("product_id", "product__commune_id", "stars", "is_potential_five", *PERIOD),
    ):
        if stars < least or begun > day:
            continue
        first[product] = min(begun, first.get(product, begun))
        granted[product] = pk
        if ended >= day and (revoked is None or revoked > day):
            before = held.get(product, Held(pk, 0, ended, is_pending=False))
            held[product] = before.with_another(stars, ended, is_pending=pending)
    yield from ((pk, "ocop_granted") for pk in granted.values())
    for product, best in held.items():
        yield best.commune, f"ocop_{best.stars}_stars"
        if best.is_pending:
            yield best.commune, "ocop_potential_5_stars"
        if (best.ends - day).days <= SOON_DAYS:
            yield best.commune, "ocop_expiring"
        if first[product].year == day.year:
            yield best.commune, "ocop_new_products"
    yield from _producers(day)
    for pk, begun, ended in _rows(
        ValueChain.objects.all(), "lead_unit_id", "started_on", "ended_on"
    ):
        if begun <= day and (ended is None or ended > day):
            yield pk, "value_chains"


def _producers(day: date) -> Iterator[tuple[int, str]]:
    for pk, kind, joined, twice in _rows(
        Producer.objects.all(), "commune_id", "kind", "joined_on", "duplicate_of_id"
    ):
        if joined <= day and twice is None:
            yield pk, "ocop_producers"
            yield pk, f"ocop_{kind}s"
            if joined.year == day.year and kind in NEWCOMERS:
                yield pk, "ocop_new_producers"


def _cooperatives(day: date) -> Iterator[tuple[int, str]]:
    latest: dict[int, tuple[int, bool]] = {}
    for cooperative, year, status, is_effective in _rows(
        YearlyReturn.objects.all(), "cooperative_id", "year", "status", "is_effective"
    ):
        if status in SENT and latest.get(cooperative, (0, False))[0] < year <= day.year:
            latest[cooperative] = (year, is_effective)
    for cooperative, pk, begun, ended, twice in _rows(
        Cooperative.objects.all(),
        "pk",
        "commune_id",
        "registered_on",
        "dissolved_on",
        "duplicate_of_id",
    ):
        if begun <= day and (ended is None or ended > day) and twice is None:
            yield pk, "cooperatives"
            if begun.year == day.year:
                yield pk, "cooperatives_new"
            if latest.get(cooperative, (0, False))[1]:
                yield pk, "cooperatives_effective"


def _rows(rows: QuerySet[Any], *fields: str) -> Iterator[Any]:  # tuples of what the fields hold
    return rows.order_by().values_list(*fields).iterator()
