"""A place in a round, whole: the same anatomy for the nation, a province, a commune."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from programme.dashboard import (
    areas,
    commune,
    figures,
    freshness,
    ground,
    progress,
    published,
    standing,
    tallies,
    targets,
    trend,
)
from programme.dashboard.figures import Compared
from programme.dashboard.maps import choosing, drawing, inside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ntm_portal.accounts.scope import Scope
    from programme.dashboard.areas import Area
    from programme.dashboard.commune import AssessedCommune
    from programme.dashboard.figures import Figures
    from programme.dashboard.freshness import Freshness
    from programme.dashboard.ground import Decision, Ground
    from programme.dashboard.maps.drawing import Drawing
    from programme.dashboard.maps.inside import Inside
    from programme.dashboard.origins import Origin
    from programme.dashboard.other_map import MapMenu
    from programme.dashboard.published import Beside
    from programme.dashboard.rounds import Rounds
    from programme.dashboard.standing import Gauge
    from programme.dashboard.trend import Trend
    from programme.models import PublishedFigure


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the path of units; open if the reader may go there."""

    unit: AdministrativeUnit
    is_open: bool


@dataclass(frozen=True, slots=True)
class Place(Compared):
    """Everything the page of a place shows; it has either an `area` or a `commune`."""

    unit: AdministrativeUnit
    rounds: Rounds
    maps: MapMenu | None
    origin: Origin | None
    has_merged: bool
    crumbs: Sequence[Crumb]
    freshness: Freshness
    now: Figures | None
    before: Figures | None
    gauges: Sequence[Gauge]
    trend: Trend | None
    decision: Decision | None
    area: Area | None
    drawing: Drawing | None
    inside: Inside | None
    commune: AssessedCommune | None
    published: Sequence[Beside]

    @property
    def leading(self) -> Gauge:
        """Return the figure that leads the page."""
        return self.gauges[0]

    @property
    def others(self) -> Sequence[Gauge]:
        """Return the smaller figures."""
        return self.gauges[1:]

    @property
    def verdicts(self) -> Sequence[str]:
        """Return the verdicts that the bars of the criteria are made of."""
        return tallies.DRAWN

    @property
    def sources(self) -> Sequence[Gauge]:
        """Return one figure for each document that sets a target here."""
        return list({gauge.legal_ref: gauge for gauge in self.gauges if gauge.standing}.values())

    @property
    def is_outside(self) -> bool:
        """Tell whether it is on the map but the programme does not judge it."""
        return self.area is None and not self.unit.is_in_programme

    @property
    def change_criteria(self) -> int | None:
        """Return how many more criteria a commune meets than in the round before."""
        if self.now is None or self.before is None:
            return None
        return self.now.reported.criteria_met - self.before.reported.criteria_met


def read(found: Ground, rounds: Rounds, scope: Scope, asked: Mapping[str, str]) -> Place:
    """Return a place in the chosen round as far as `scope` may read."""
    unit, chosen = found.unit, rounds.chosen
    is_commune = not found.is_summed
    units = [] if is_commune else ground.below(unit, rounds)
    formers = [] if is_commune else [former.unit for former in found.formers]
    known, known_formers = figures.read_with_formers(unit, units, formers, rounds)
    series = figures.series_of(known, unit.code)
    now = series.get(chosen.pk) if chosen else None
    given = published.of(unit, rounds)
    gauges = gauges_of(found, rounds, series, given)
    order = asked.get("sort", "")
    area = (
        None
        if is_commune
        else areas.of(unit, units, rounds, known, order, found.formers, known_formers)
    )
    return Place(
        unit=unit,
        rounds=rounds,
        maps=found.maps,
        origin=found.origin,
        has_merged=found.has_merged,
        crumbs=crumbs(found, scope),
        freshness=freshness.of(found.freshness, chosen, now),
        now=now,
        before=series.get(rounds.previous.pk) if rounds.previous else None,
        gauges=gauges,
        trend=_criteria_met(series, rounds) if is_commune else gauges[0].trend,
        decision=found.decision,
        area=area,
        drawing=drawing.of_provinces(area.rows, choosing.choose(asked), rounds.map_day)
        if area and unit.level != AdministrativeUnit.Level.COMMUNE
        else None,
        inside=inside.draw(area.rows, choosing.choose(asked)) if area else None,
        commune=commune.read(unit.code, chosen) if is_commune and unit.is_in_programme else None,
        published=published.beside(given, gauges, now),
    )


def gauges_of(
    found: Ground,
    rounds: Rounds,
    series: Mapping[int, Figures],
    given: Sequence[PublishedFigure] | None = None,
) -> list[Gauge]:
    """Return what a place is measured by, with its readings over the rounds.

    `given` is what was published of it, where that is known already.
    """
    now = series.get(rounds.chosen.pk) if rounds.chosen else None
    code = found.unit.code
    standings = targets.standings(found.targets, code, rounds, series, given)
    return [
        replace(
            gauge,
            readings=progress.readings(gauge.metric, series, rounds, gauge.since, gauge.baseline),
        )
        for gauge in standing.gauges(standings, now)
    ]


def crumbs(found: Ground, scope: Scope) -> list[Crumb]:
    """Return the path down to a unit on the map that is shown."""
    return [Crumb(unit, scope.may_read(unit.path)) for unit in found.line]


def _criteria_met(series: Mapping[int, Figures], rounds: Rounds) -> Trend | None:
    """Draw the criteria a commune met over the rounds in which it was assessed."""
    return trend.draw(
        [
            trend.Reading(
                item.code, item.reference_date, Decimal(series[item.pk].reported.criteria_met)
            )
            for item in rounds.up_to_chosen
            if item.pk in series and series[item.pk].reported.assessed
        ]
    )
