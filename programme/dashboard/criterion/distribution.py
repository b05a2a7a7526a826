"""How the typed values of a criterion lie about the levels asked for: counted by the database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    Count,
    DecimalField,
    F,
    IntegerField,
    Max,
    Min,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Floor

from criteria.models import CriteriaSet, IndicatorValue, Measure
from criteria.models.assessments import VerdictChoice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from communes.models import AdministrativeUnit
    from criteria.models import Criterion
    from programme.dashboard.rounds import Rounds

BINS = 20
WHOLE = Decimal(100)
HEIGHT, WIDTH, FOOT = 120, 100, 110
NUMBER = DecimalField(max_digits=18, decimal_places=4)


@dataclass(frozen=True, slots=True)
class Column:
    """The values from `low` to below `high`: how many are met, not met, neither.

    Both are the same where the axis ends with one value.
    """

    low: Decimal
    high: Decimal
    met: int
    not_met: int
    other: int
    x: float
    width: float
    heights: tuple[tuple[str, float, float], ...] = ()

    @property
    def total(self) -> int:
        """Return how many values lie here."""
        return self.met + self.not_met + self.other


@dataclass(frozen=True, slots=True)
class Level:
    """A level asked for, of how many communes, and where it is drawn."""

    value: Decimal
    communes: int
    x: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """The values of one measure."""

    measure: Measure
    columns: Sequence[Column]
    levels: Sequence[Level]
    low: Decimal
    high: Decimal

    @property
    def typed(self) -> int:
        """Return how many values were typed."""
        return sum(column.total for column in self.columns)

    @property
    def highest(self) -> int:
        """Return how many values the tallest column holds."""
        return max((column.total for column in self.columns), default=0)


@dataclass(frozen=True, slots=True)
class _Span:
    """Where the values of a measure begin, and how wide one column is.

    The last column of per cents holds the one value 100: there the axis ends.
    """

    low: Decimal
    width: Decimal
    count: int
    end: Decimal

    def edges(self, at: int) -> tuple[Decimal, Decimal]:
        """Return from where to where a column reaches."""
        low = self.low + self.width * at
        return low, max(low, min(low + self.width, self.end))


def read(unit: AdministrativeUnit, rounds: Rounds, criterion: Criterion) -> list[Distribution]:
    """Return how the values of each measure lie, in the order of the law; three queries."""
    values = of_place(unit, rounds).filter(
        measure__indicator__criterion=criterion, number__isnull=False
    )
    asked = _asked(values)
    measures = {row["measure"]: row for row in asked}
    spans = {pk: _span(pk, asked) for pk in measures}
    if not spans:
        return []
    counted = _counted(values, spans)
    known = Measure.objects.in_bulk(list(measures))
    ordered = sorted(known.values(), key=lambda item: (item.indicator_id, item.position))
    return [_distribution(item, spans[item.pk], counted[item.pk], asked) for item in ordered]


def of_place(unit: AdministrativeUnit, rounds: Rounds) -> QuerySet[IndicatorValue]:
    """Return the values of the communes of a place in a round, on the map that is shown."""
    return IndicatorValue.objects.filter(
        assessment__round=rounds.chosen,
        assessment__criteria_set__standard=CriteriaSet.Standard.NTM,
        **rounds.within(unit, "assessment__unit"),
    )


def _asked(values: QuerySet[IndicatorValue]) -> list[dict[str, object]]:
    """Return by measure and level asked for: how many, from what to what."""
    rows = (
        values.order_by()
        .values("measure", "measure__kind", level=F("threshold__value"))
        .annotate(number_of=Count("pk"), lowest=Min("number"), highest=Max("number"))
    )
    return [dict(row) for row in rows]


def _span(pk: object, asked: Iterable[dict[str, object]]) -> _Span:
    rows = [row for row in asked if row["measure"] == pk]
    kind = rows[0]["measure__kind"]
    if kind == Measure.Kind.YES_NO:
        return _Span(Decimal(0), Decimal(1), 2, Decimal(2))
    ends = [Decimal(str(row[name])) for row in rows for name in ("lowest", "highest")]
    ends += [Decimal(str(row["level"])) for row in rows if row["level"] is not None]
    if kind == Measure.Kind.PERCENT:
        ends += [Decimal(0), WHOLE]
    low, high = min(ends), max(ends)
    width = _wide((high - low) / BINS)
    low = (low // width) * width
    count = int((high - low) // width) + 1
    is_whole = kind == Measure.Kind.PERCENT and high == WHOLE
    return _Span(low, width, count, WHOLE if is_whole else low + width * count)


def _wide(least: Decimal) -> Decimal:
    """Return the next width of 1, 2 or 5 times a power of ten."""
    if least <= 0:
        return Decimal(1)
    unit = Decimal(1).scaleb(least.adjusted())
    return next(unit * by for by in (1, 2, 5, 10) if unit * by >= least)


def _counted(
    values: QuerySet[IndicatorValue], spans: dict[object, _Span]
) -> dict[object, dict[int, dict[str, int]]]:
    """Return by measure and column how many values there are of each verdict."""
    column = Case(
        *(
            When(
                measure=pk,
                then=Floor((F("number") - Value(span.low, NUMBER)) / Value(span.width, NUMBER)),
            )
            for pk, span in spans.items()
        ),
        output_field=NUMBER,
    )
    rows = (
        values.order_by()
        .annotate(column=Cast(column, IntegerField()))
        .values_list("measure", "column", "verdict")
        .annotate(Count("pk"))
    )
    found: dict[object, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for pk, at, verdict, number in rows:
        found[pk][at][verdict] = number
    return found


def _distribution(
    measure: Measure,
    span: _Span,
    counted: dict[int, dict[str, int]],
    asked: Iterable[dict[str, object]],
) -> Distribution:
    tallest = max((sum(found.values()) for found in counted.values()), default=0) or 1
    columns = [_column(span, at, counted.get(at, {}), tallest) for at in range(span.count)]
    levels = [
        Level(value, int(str(row["number_of"])), _across(span, value))
        for row in asked
        if row["measure"] == measure.pk and row["level"] is not None
        for value in [Decimal(str(row["level"]))]
    ]
    return Distribution(
        measure,
        columns,
        sorted(levels, key=lambda level: level.value),
        span.low,
        span.end,
    )


def _column(span: _Span, at: int, found: dict[str, int], tallest: int) -> Column:
    met, not_met = found.get(VerdictChoice.MET, 0), found.get(VerdictChoice.NOT_MET, 0)
    other = sum(found.values()) - met - not_met
    heights, foot = [], float(FOOT)
    for name, number in (("met", met), ("undetermined", other), ("not_met", not_met)):
        tall = round(100 * number / tallest, 1)
        if number:
            foot -= tall
            heights.append((name, round(foot, 1), tall))
    low, high = span.edges(at)
    return Column(
        low,
        high,
        met,
        not_met,
        other,
        round(WIDTH * at / span.count, 2),
        round(WIDTH / span.count * 0.9, 2),
        tuple(heights),
    )


def _across(span: _Span, value: Decimal) -> float:
    return round(float(WIDTH * (value - span.low) / (span.width * span.count)), 2)
