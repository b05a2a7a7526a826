"""The readings of a metric over the rounds, as a target counts them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from programme.dashboard.trend import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from programme.dashboard.figures import Figures
    from programme.dashboard.rounds import Rounds
    from programme.metrics import Metric


def readings(
    metric: Metric,
    series: Mapping[int, Figures],
    rounds: Rounds,
    since: date | None = None,
    baseline: Decimal | None = None,
) -> tuple[Reading, ...]:
    """Return the value as reported in each round up to the one shown, the oldest first.

    What counts an increase is read from the round of `since` on, less what was there: in the round
    of that day, or where there is none `baseline`, which was published. What begins
    again each year is read from nothing on 1 January.
    """
    found = [
        Reading(item.code, item.reference_date, value)
        for item in rounds.up_to_chosen
        if item.pk in series
        and (value := metric.value(_counters(metric, series[item.pk]))) is not None
    ]
    if metric.of_the_year:
        year = rounds.day.year
        return (
            Reading(f"01/01/{year}", date(year, 1, 1), Decimal(0)),
            *(item for item in found if item.day.year == year),
        )
    if since is None:
        return tuple(found)
    before = next((item.value for item in found if item.day == since), baseline)
    if before is None:
        return ()
    return tuple(
        Reading(item.code, item.day, item.value - before) for item in found if item.day >= since
    )


def _counters(metric: Metric, figures: Figures) -> dict[str, int]:
    return {name: getattr(figures.reported, name) for name in metric.reads}
