"""Everything a report rests on, read once: the same figures as on the pages, and their digest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from communes.models import AdministrativeUnit
from communes.paths import province_code_of
from programme.dashboard import ground as grounds
from programme.dashboard import places, tallies
from programme.dashboard import rounds as rounds_
from programme.dashboard.acting import blocking, reading
from programme.metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from criteria.models import ReportingRound
    from ntm_portal.accounts.scope import Scope
    from programme.dashboard.acting.reading import Acting, Section
    from programme.dashboard.areas import Area
    from programme.dashboard.figures import Figures
    from programme.dashboard.places import Place

# Kept in the digest of every unit: what the metrics are made of, and how many reported.
COUNTERS = sorted({name for item in METRICS.values() for name in item.reads} | {"communes"})


class NoSuchReportError(LookupError):
    """There is nothing to report of this unit in this round, or nothing she may read."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A place in a round: its page, where to act, and what holds back by region."""

    place: Place
    area: Area
    now: Figures
    round: ReportingRound
    acting: Acting
    blocking: Sequence[blocking.Line]
    provinces: Mapping[int, str]

    @property
    def is_nation(self) -> bool:
        """Tell whether it is the whole country."""
        return self.place.unit.level == AdministrativeUnit.Level.NATION

    @property
    def unit(self) -> AdministrativeUnit:
        """Return the place."""
        return self.place.unit


def read(code: str, round_code: str, scope: Scope) -> Facts:
    """Return what is known of an area, as far as `scope` may read; else NoSuchReportError."""
    rounds = rounds_.choose(round_code)
    found = grounds.find(code, rounds, scope.read)
    if found is None or rounds.chosen is None:
        raise NoSuchReportError(code)
    place = places.read(found, rounds, scope, {})
    if place.area is None or place.now is None:
        raise NoSuchReportError(code)
    acting = reading.read(found.unit, rounds)
    units = [row.unit for row in place.area.rows]
    cells = tallies.of([found.unit, *units], rounds)
    return Facts(
        place=place,
        area=place.area,
        now=place.now,
        round=rounds.chosen,
        acting=acting,
        blocking=blocking.table(found.unit, units, cells),
        provinces=_provinces(acting, units),
    )


def _provinces(acting: Acting, units: Iterable[AdministrativeUnit]) -> dict[int, str]:
    """Return by id in which province the communes lie that are named for the whole country."""
    labels = {
        unit.code: unit.short_label
        for unit in units
        if unit.level == AdministrativeUnit.Level.PROVINCE
    }
    if not labels:
        return {}
    sections = (acting.near, acting.lost, acting.gained, acting.gap)
    named = {row.unit.pk for section in sections for row in section.rows}
    paths = AdministrativeUnit.objects.filter(pk__in=named).values_list("pk", "path")
    return {pk: labels.get(province_code_of(path), "") for pk, path in paths}


def digest_of(facts: Facts) -> str:
    """Return the SHA-256 of every figure the report rests on, whatever its language."""
    figures = {
        "unit": facts.unit.code,
        "round": facts.round.code,
        "status": facts.round.status,
        "place": [_counters(facts.place.now), _counters(facts.place.before)],
        "rows": [
            [row.unit.code, _counters(row.now), _counters(row.before), list(row.blocking)]
            for row in sorted(facts.area.rows, key=lambda row: row.unit.code)
        ],
        "criteria": [
            [cell.criterion.code, *(getattr(cell, name) for name in tallies.COUNTED)]
            for cell in facts.area.cells
        ],
        "targets": [
            [item.code, *(str(value) for value in (item.reported, item.verified, item.goal))]
            for item in facts.place.gauges
        ],
        "readings": [
            [[reading.code, str(reading.value)] for reading in item.readings]
            for item in facts.place.gauges
        ],
        "acting": {
            name: _named(getattr(facts.acting, name)) for name in ("near", "lost", "gained", "gap")
        },
        "stale": [facts.acting.stale_total, *(unit.code for unit in facts.acting.stale)],
    }
    written = json.dumps(figures, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _counters(figures: Figures | None) -> list[int] | None:
    if figures is None:
        return None
    rows = (figures.reported, figures.verified)
    return [getattr(row, name) for row in rows for name in COUNTERS]


def _named(section: Section) -> list[Any]:  # codes and numbers, as JSON
    rows = [[row.unit.code, row.standing.met, *row.criteria] for row in section.rows]
    return [section.total, *rows]
