"""The law at hand for judging without storing: what is loaded, else what is shipped.

A set in the database counts with the thresholds that provinces entered and that hold at the end
of the year of a case, those of the demonstration left out. Without a database, or before a set is
loaded, its shipped file counts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from django.db import OperationalError, ProgrammingError

from criteria.assessment import load_versions
from criteria.loading.documents import read_text
from criteria.loading.regions import region_by_province
from criteria.loading.sets import read_law
from criteria.loading.shipped import shipped_files
from criteria.loading.specs import spec_of
from criteria.models import CriteriaSet
from criteria.scoring.cases import Law

if TYPE_CHECKING:
    from pathlib import Path

    from criteria.scoring.specs import IndicatorSpec, SetSpec


def law_at_hand() -> Law:
    """Return the sets by code, each read when it is first asked for."""
    loaded = {item.code: item for item in _loaded_sets()}
    shipped = {path.stem: path for path in shipped_files()}

    @cache
    def found(code: str, year: int) -> SetSpec | None:
        if code in loaded:
            day = date(year, 12, 31) if year else None
            return _without_demonstration(load_versions(loaded[code], day))
        return _read(shipped[code]) if code in shipped else None

    return Law(found, tuple(sorted(loaded.keys() | shipped.keys())), region_by_province())


def shipped_spec(code: str) -> SetSpec:
    """Return a shipped set with every version of its amended measures."""
    return _read(next(path for path in shipped_files() if path.stem == code))


def _loaded_sets() -> list[CriteriaSet]:
    try:
        return list(CriteriaSet.objects.all())
    except (OperationalError, ProgrammingError):  # no database, or no tables in it yet
        return []


def _read(path: Path) -> SetSpec:
    return spec_of(read_law(read_text(path), path.name))


def _without_demonstration(spec: SetSpec) -> SetSpec:
    criteria = tuple(
        replace(item, indicators=tuple(map(_lawful, item.indicators))) for item in spec.criteria
    )
    return replace(spec, criteria=criteria)


def _lawful(indicator: IndicatorSpec) -> IndicatorSpec:
    measures = tuple(
        replace(item, rules=tuple(rule for rule in item.rules if not rule.is_demonstration))
        for item in indicator.measures
    )
    return replace(indicator, measures=measures)
