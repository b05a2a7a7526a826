"""What was officially published, beside the portal's own figures and never mixed with them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from programme.dashboard import standing
from programme.metrics import METRICS
from programme.models import PublishedFigure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from programme.dashboard.figures import Figures
    from programme.dashboard.rounds import Rounds
    from programme.dashboard.standing import Gauge
    from programme.dashboard.trend import Reading
    from programme.models import Target

Level = AdministrativeUnit.Level
HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 180, 20, 150, 4, 96
STEP = Decimal(10)
# Of several figures of one day the surest is shown; all stand in the table.
SUREST = tuple(PublishedFigure.Certainty.values)


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of the portal and the newest that was published of the same by the round's day."""

    gauge: Gauge
    own: Decimal | None
    published: PublishedFigure


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value is drawn: per cent across, pixels down."""

    x: int
    y: int
    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both series over one another: the portal's own as a line, what was published as squares."""

    own: Sequence[Mark]
    published: Sequence[Mark]
    low: Decimal
    high: Decimal
    first: date
    last: date
    height: int = HEIGHT
    top: int = TOP
    bottom: int = BOTTOM
    name_y: int = BOTTOM + 22

    @property
    def lines(self) -> list[tuple[Mark, Mark]]:
        """Return the stretches of the portal's own line."""
        return list(pairwise(self.own))


def of(unit: AdministrativeUnit, rounds: Rounds) -> Sequence[PublishedFigure]:
    """Return what was published of a place by the round's day: of the nation, or a province."""
    if unit.level not in {Level.NATION, Level.PROVINCE}:
        return ()
    return list(PublishedFigure.objects.of(unit.code).until(rounds.day))


def beside(
    known: Iterable[PublishedFigure], gauges: Iterable[Gauge], now: Figures | None
) -> list[Beside]:
    """Return the newest that was published of each figure, whether or not it has a target."""
    newest: dict[str, PublishedFigure] = {}
    for figure in known:
        held = newest.get(figure.metric)
        if held is None or _weight(figure) >= _weight(held):
            newest[figure.metric] = figure
    held_by = {gauge.metric.code: gauge for gauge in gauges}
    shown = [held_by.get(code) or standing.of_metric(code, now) for code in METRICS]
    return [
        Beside(gauge, _level(gauge), newest[gauge.metric.code])
        for gauge in shown
        if gauge.metric.code in newest
    ]


def compare(readings: Sequence[Reading], figures: Sequence[PublishedFigure]) -> Comparison | None:
    """Place both series on one scale of days and values; nothing where none was published."""
    if not figures:
        return None
    own = [(item.day, item.value) for item in readings]
    given = [(item.day, item.value) for item in figures]
    days, values = zip(*own, *given, strict=True)
    first, last = min(days), max(days)
    low = (min(values) / STEP).to_integral_value(ROUND_FLOOR) * STEP
    high = max((max(values) / STEP).to_integral_value(ROUND_CEILING) * STEP, low + STEP)

    def mark(day: date, value: Decimal) -> Mark:
        across = (day - first).days / ((last - first).days or 1)
        down = (value - low) / (high - low)
        return Mark(
            LEFT + round((RIGHT - LEFT) * across),
            BOTTOM - round((BOTTOM - TOP) * down),
            day,
            value,
        )

    return Comparison(
        [mark(*item) for item in own], [mark(*item) for item in given], low, high, first, last
    )


def baselines(
    targets: Iterable[Target], known: Iterable[PublishedFigure] | None = None
) -> Mapping[str, PublishedFigure]:
    """Return by code of the target what was published last by the day it counts from.

    One query, unless what was published of their unit is `known` already.
    """
    wanted = [target for target in targets if target.baseline_date]
    if not wanted:
        return {}
    if known is None:
        codes = {item.unit_code for item in wanted}
        known = PublishedFigure.objects.filter(unit_code__in=codes).order_by("day")
    found: dict[str, PublishedFigure] = {}
    for figure in known:
        for target in wanted:
            counts = figure.metric == target.metric and figure.unit_code == target.unit_code
            if not counts or target.baseline_date is None or figure.day > target.baseline_date:
                continue
            if target.code not in found or _weight(figure) >= _weight(found[target.code]):
                found[target.code] = figure
    return found


def _weight(figure: PublishedFigure) -> tuple[date, int]:
    """Return what makes one figure weigh more than another: a later day, then a surer source."""
    return figure.day, -SUREST.index(figure.certainty)


def _level(gauge: Gauge) -> Decimal | None:
    """Return the level of a figure: what counts an increase is told as a level in publications."""
    if gauge.standing is not None and gauge.standing.baseline is not None:
        return (gauge.reported or Decimal(0)) + gauge.standing.baseline
    return gauge.reported
