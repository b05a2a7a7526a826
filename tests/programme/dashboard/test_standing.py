"""The figures a place is measured by, with and without targets of its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from criteria.models import ReportingRound
from programme.dashboard import standing
from programme.dashboard.figures import Figures
from programme.dashboard.targets import TargetStanding
from programme.metrics import METRICS
from programme.models import Summary, Target

COUNT, SHARE = METRICS["communes_below_10"], METRICS["communes_certified_share"]


def gauge(value: int | None, target: Target, **fields: Any) -> standing.Gauge:
    metric = METRICS[target.metric]
    reported = None if value is None else Decimal(value)
    return standing.of_target(
        TargetStanding(target, metric, ReportingRound(), reported=reported, **fields)
    )


def target(**fields: Any) -> Target:
    given = {
        "metric": SHARE.code,
        "comparator": ">=",
        "value": Decimal(60),
        "due_on": date(2020, 12, 31),
        "legal_ref": "QĐ 1/QĐ-TTg",
    }
    return Target(**(given | fields))


@pytest.mark.parametrize(
    ("value", "verdict", "gap"),
    [(59, "not_met", 1), (60, "met", 0), (61, "met", 1), (None, "missing", None)],
)
def test_a_target_has_a_verdict_and_a_distance_without_sign(
    value: int | None, verdict: str, gap: int | None
) -> None:
    found = gauge(value, target())
    assert found.verdict == verdict
    assert found.gap == (None if gap is None else Decimal(gap))


def test_communes_that_did_not_report_leave_a_target_undetermined() -> None:
    fewer = target(metric=COUNT.code, comparator="<", value=Decimal(600))
    found = gauge(481, fewer, communes=7692, assessed=7000)
    assert (found.verdict, found.unreported, found.asks_for_less) == ("undetermined", 692, True)


def test_what_is_verified_is_shown_only_where_it_differs() -> None:
    assert gauge(62, target(), verified=Decimal(61)).differs
    assert not gauge(62, target(), verified=Decimal(62)).differs
    assert not gauge(62, target()).differs


def test_the_goal_is_written_as_the_reader_writes_it() -> None:
    with translation.override("vi"):
        assert gauge(0, target()).goal == "60\u00a0%"
        assert gauge(0, target(metric=COUNT.code, value=Decimal(2400))).goal == "2.400"
    with translation.override("en"):
        assert gauge(0, target()).goal == "60%"


def test_a_target_of_a_document_nobody_read_is_marked() -> None:
    unread = target(confidence="unconfirmed")
    assert gauge(0, unread).confidence == "unconfirmed"
    assert gauge(0, target()).confidence == "read"


def test_a_place_without_targets_shows_the_figures_that_every_place_has() -> None:
    counted = Summary(communes=4, certified=1, assessed=2, criteria_met=30, below_10=1)
    checked = Summary(communes=4, certified=1, assessed=1, criteria_met=16)
    leading, *others = standing.gauges([], Figures(counted, checked))
    assert (leading.metric.code, leading.reported) == (SHARE.code, Decimal(25))
    assert leading.standing is None
    found = {item.metric.code: item for item in others}
    assert found["criteria_met_average"].reported == Decimal(15)
    assert found["criteria_met_average"].verified == Decimal(16)
    assert found["communes_below_10"].verified_communes == 1
    assert found["ocop_products_standardised"].verified is None
    assert leading.confidence == "read"


def test_a_figure_that_is_not_added_up_yet_is_missing() -> None:
    assert {item.reported for item in standing.gauges([], None)} == {None}
