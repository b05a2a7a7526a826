"""What a place is measured by: the figure that leads its page and the smaller ones below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from criteria.models.assessments import VerdictChoice
from criteria.models.sets import Confidence
from ntm_portal.templatetags import portal
from programme.dashboard import pace, spark, trend
from programme.dashboard.communes import Standing
from programme.metrics import Kind, Metric, metric
from programme.models import Target

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from programme.dashboard.figures import Figures
    from programme.dashboard.pace import Pace
    from programme.dashboard.spark import Spark
    from programme.dashboard.targets import TargetStanding
    from programme.dashboard.trend import Reading, Trend
    from programme.models import Summary

LEADING = "communes_certified_share"
# What is shown of a place that has no target of its own for it.
ALWAYS = (
    "communes_meeting_all_share",
    "communes_below_10",
    "criteria_met_average",
    "ocop_products_standardised",
    "cooperatives_effective",
)
OPENS = {"communes_below_10": Standing.BELOW_10}
# The register whose rows a figure counts, and how its list is narrowed to them.
REGISTERS = {
    "ocop_products_standardised": ("product-list", "state=in-force"),
    "ocop_products_granted": ("product-list", "state=granted"),
    "ocop_new_producers": ("producer-list", "new=plan"),
    "cooperatives_effective": ("cooperative-list", "state=effective"),
}


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure of a place and, where it has one, its target."""

    metric: Metric
    reported: Decimal | None
    verified: Decimal | None
    verified_communes: int = 0
    standing: TargetStanding | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def pace(self) -> Pace | None:
        """Return how fast it moves, where a target says how fast it must."""
        if self.standing is None:
            return None
        target = self.standing.target
        return pace.work_out(
            self.readings,
            goal=self.standing.goal,
            due=target.due_on,
            asks_for_less=self.asks_for_less,
            is_share=self.is_percent,
        )

    @property
    def since(self) -> date | None:
        """Return the day from which an increase is counted, if one is."""
        return self.standing.target.baseline_date if self.standing else None

    @property
    def baseline(self) -> Decimal | None:
        """Return what was there on that day."""
        return self.standing.baseline if self.standing else None

    @property
    def trend(self) -> Trend | None:
        """Return its line over the rounds, with the target and the forecast."""
        found = self.pace
        forecast = (
            trend.Reading("", found.due, found.forecast)
            if found and found.forecast is not None
            else None
        )
        goal = self.standing.goal if self.standing else None
        return trend.draw(self.readings, goal, places=self.places, forecast=forecast)

    @property
    def spark(self) -> Spark | None:
        """Return its small line over the rounds."""
        return spark.draw([reading.value for reading in self.readings])

    @property
    def code(self) -> str:
        """Return the code of its target; empty where it has none."""
        return self.standing.target.code if self.standing else ""

    @property
    def label(self) -> str:
        """Return what is measured."""
        return self.standing.target.label if self.standing else str(self.metric.label)

    @property
    def is_percent(self) -> bool:
        """Tell whether it is a percentage: a distance is then one of points."""
        return self.metric.kind is Kind.PERCENT

    @property
    def places(self) -> int:
        """Return the digits after the decimal mark."""
        return 0 if self.metric.kind is Kind.COUNT else 1

    @property
    def pace_places(self) -> int:
        """Return the digits by which a pace is told: a month moves little."""
        return 2 if self.is_percent else 1

    @property
    def goal(self) -> str:
        """Return the value asked for as the reader writes it."""
        goal = self.standing.goal if self.standing else None
        return portal.percent(goal) if self.is_percent else portal.number(goal)

    @property
    def unreported(self) -> int:
        """Return how many communes could still change the value."""
        return self.standing.communes - self.standing.assessed if self.standing else 0

    @property
    def differs(self) -> bool:
        """Tell whether what is verified differs from what is reported."""
        return self.verified is not None and self.verified != self.reported

    @property
    def asks_for_less(self) -> bool:
        """Tell whether the target is to stay below a value."""
        return (
            self.standing is not None
            and self.standing.target.comparator == Target.Comparator.LESS_THAN
        )

    @property
    def gap(self) -> Decimal | None:
        """Return the distance to the target, without its sign."""
        distance = self.standing.distance if self.standing else None
        return None if distance is None else abs(distance)

    @property
    def verdict(self) -> str:
        """Return the verdict on the target, in the words that every verdict has."""
        if self.standing is None or self.standing.distance is None:
            return VerdictChoice.MISSING
        if (is_met := self.standing.is_met) is None:
            return VerdictChoice.UNDETERMINED
        return VerdictChoice.MET if is_met else VerdictChoice.NOT_MET

    @property
    def opens(self) -> str:
        """Return how the communes stand that the figure counts, if there is a list of them."""
        return OPENS.get(self.metric.code, "")

    @property
    def register(self) -> str:
        """Return the address of the rows that the figure counts, if a register holds them."""
        if self.metric.code not in REGISTERS:
            return ""
        route, query = REGISTERS[self.metric.code]
        return f"{reverse(route)}?{query}"

    @property
    def confidence(self) -> str:
        """Return how sure the portal is of the target itself."""
        return self.standing.target.confidence if self.standing else Confidence.READ

    @property
    def legal_ref(self) -> str:
        """Return where the target is set."""
        return self.standing.target.legal_ref if self.standing else ""


def of_target(standing: TargetStanding) -> Gauge:
    """Return the figure of a target."""
    return Gauge(
        standing.metric,
        standing.reported,
        standing.verified,
        standing.verified_communes,
        standing,
    )


def of_metric(code: str, figures: Figures | None) -> Gauge:
    """Return the figure of a metric for which the place has no target."""
    found = metric(code)
    if figures is None:
        return Gauge(found, None, None)
    verified = value_of(found, figures.verified) if found.is_judged else None
    return Gauge(found, value_of(found, figures.reported), verified, figures.verified.assessed)


def gauges(standings: Sequence[TargetStanding], figures: Figures | None) -> list[Gauge]:
    """Return the leading figure and the others: the targets, or what is always shown."""
    if standings:
        return [of_target(standing) for standing in standings]
    return [of_metric(code, figures) for code in (LEADING, *ALWAYS)]


def value_of(found: Metric, summary: Summary) -> Decimal | None:
    """Return the value of a metric in one summary."""
    return found.value({name: getattr(summary, name) for name in found.reads})
