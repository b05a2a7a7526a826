"""Finds units of all times by name, place and code, without tone marks; three queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, Value, When

from communes.models import AdministrativeUnit
from communes.querysets import path_within
from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from communes.querysets import UnitQuerySet

MOST_WORDS = 10
CODE = re.compile(r"\d{2,5}")


@dataclass(frozen=True, slots=True)
class Split:
    """What is asked for: a name, and the place in which it lies, if one is named."""

    name: str
    place: str = ""


def searched(units: UnitQuerySet, text: str) -> UnitQuerySet:
    """Keep the units so called, whose name ends so first, the larger ones first; in order.

    "Đoàn Kết, Kon Tum" and "doan ket kon tum" ask alike: where no comma parts the name from the
    place, every way to part them is tried.
    """
    splits = splits_of(text)
    if not splits:
        return units.none()
    places = _paths_of({split.place for split in splits if split.place})
    found = reduce(or_, (_condition(split, places) for split in splits), Q(pk__in=[]))
    codes = [word for word in text.replace(",", " ").split() if CODE.fullmatch(word)]
    if codes:
        found |= Q(code__in=codes)
    return units.filter(found).annotate(rank=_rank(splits, codes)).order_by("rank", "path", "-pk")


def splits_of(text: str) -> Sequence[Split]:
    """Return every way in which the text can be a name and a place."""
    name, comma, place = fold(text).partition(",")
    if comma and name.strip() and place.strip():
        return [Split(_plain(name), _plain(place))]
    words = fold(text.replace(",", " ")).split()[:MOST_WORDS]
    ways = [Split(" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words), 0, -1)]
    return [way for way in ways if len(way.name) > 1]


def _plain(text: str) -> str:
    return " ".join(text.replace(",", " ").split())


def _paths_of(names: set[str]) -> dict[str, set[str]]:
    """Return the paths of the areas of these names: whatever is above the lowest level."""
    if not names:
        return {}
    asked = reduce(or_, (Q(search_name__endswith=name) for name in names))
    areas = AdministrativeUnit.objects.exclude(level=AdministrativeUnit.Level.COMMUNE)
    found: dict[str, set[str]] = {name: set() for name in names}
    for called, path in areas.filter(asked).values_list("search_name", "path"):
        for name in names:
            if called.endswith(name):
                found[name].add(path)
    return found


def _condition(split: Split, places: dict[str, set[str]]) -> Q:
    called = Q(search_name__contains=split.name)
    return called & path_within(places[split.place]) if split.place else called


def _rank(splits: Sequence[Split], codes: Sequence[str]) -> Case:
    """Order by: the code, the whole name, the end of it; then by level from the nation down."""
    levels = list(AdministrativeUnit.Level)
    ends = reduce(or_, (Q(search_name__endswith=f" {split.name}") for split in splits))
    whole = Q(search_name__in=[split.name for split in splits])
    best = [(Q(code__in=codes), 0)] if codes else []
    cases = [When(condition, then=Value(rank)) for condition, rank in best]
    for rank, condition in enumerate((whole, ends), start=1):
        cases += [
            When(condition & Q(level=level), then=Value(10 * rank + at))
            for at, level in enumerate(levels)
        ]
    return Case(*cases, default=Value(99), output_field=IntegerField())
