"""The page of a search: what each unit was and is, where it lies, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Q

from communes.models import AdministrativeUnit, Succession
from communes.querysets import path_within
from communes.searching import searched

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from communes.querysets import UnitQuerySet

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Other:
    """A unit that another became, or that became it; `in_place` says where it lies."""

    unit: AdministrativeUnit
    is_open: bool
    is_part: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One version of a unit."""

    unit: AdministrativeUnit
    lies_in: Sequence[AdministrativeUnit]
    was: Sequence[Other]
    became: Sequence[Other]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Everything the page shows."""

    asked: str
    page: Page[AdministrativeUnit]
    rows: Sequence[Found]


def readable(paths: Collection[str]) -> UnitQuerySet:
    """Return the units she may read, and those that went into what she may read."""
    within = path_within(paths) | path_within(paths, "placement__place__path")
    return AdministrativeUnit.objects.filter(within)


def load_found(asked: str, paths: Collection[str], number: str) -> FoundPage:
    """Load a page of what is found; as many queries for one unit as for thirty."""
    units = searched(readable(paths), asked)
    page = Paginator(units, PER_PAGE).get_page(number)
    shown = list(page)
    became, was = successions_of([unit.pk for unit in shown], paths)
    lines = lines_of(shown)
    rows = [Found(unit, lines[unit.pk], was[unit.pk], became[unit.pk]) for unit in shown]
    return FoundPage(asked, page, rows)


def successions_of(
    unit_ids: Sequence[int], paths: Collection[str]
) -> tuple[dict[int, list[Other]], dict[int, list[Other]]]:
    """Return by unit what it became and what became it."""
    rows = (
        Succession.objects.filter(Q(predecessor__in=unit_ids) | Q(successor__in=unit_ids))
        .select_related("predecessor__parent", "successor__parent")
        .order_by("effective_date", "predecessor__path", "successor__path")
    )
    became: defaultdict[int, list[Other]] = defaultdict(list)
    was: defaultdict[int, list[Other]] = defaultdict(list)
    held = tuple(paths)
    for row in rows:
        is_part = row.kind == Succession.Kind.SPLIT
        before, after = row.predecessor, row.successor
        became[before.pk].append(Other(after, after.path.startswith(held), is_part))
        was[after.pk].append(Other(before, before.path.startswith(held), is_part))
    return became, was


def lines_of(units: Sequence[AdministrativeUnit]) -> dict[int, list[AdministrativeUnit]]:
    """Return by unit what it lies in below the nation, as that was called in its time."""
    codes = {code for unit in units for code in _above(unit)}
    known: defaultdict[str, list[AdministrativeUnit]] = defaultdict(list)
    for item in AdministrativeUnit.objects.filter(code__in=codes).order_by("code", "pk"):
        known[item.path].append(item)
    found: dict[int, list[AdministrativeUnit]] = {}
    for unit in units:
        parts = unit.path.strip("/").split("/")
        paths = [f"/{'/'.join(parts[:depth])}/" for depth in range(len(parts) - 1, 1, -1)]
        found[unit.pk] = [
            next((item for item in known[path] if _overlap(item, unit)), known[path][0])
            for path in paths
            if known[path]
        ]
    return found


def _above(unit: AdministrativeUnit) -> list[str]:
    return unit.path.strip("/").split("/")[1:-1]


def _overlap(one: AdministrativeUnit, other: AdministrativeUnit) -> bool:
    """Tell whether both were on the map on some day."""
    begins = max((day for day in (one.valid_from, other.valid_from) if day), default=None)
    ends = min((day for day in (one.valid_to, other.valid_to) if day), default=None)
    return begins is None or ends is None or begins <= ends
