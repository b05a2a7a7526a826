"""Metrics are worked out from counters."""

from __future__ import annotations

from decimal import Decimal

import pytest

from programme.metrics import METRICS, Kind, UnknownMetricError, metric
from programme.rollup.counters import COUNTERS


def counters(**known: int) -> dict[str, int]:
    return dict.fromkeys(COUNTERS, 0) | known


@pytest.mark.parametrize(
    ("code", "known", "value"),
    [
        ("communes_certified_share", {"certified": 3, "communes": 5}, "60"),
        ("communes_certified_share", {"certified": 0, "communes": 5}, "0"),
        ("communes_meeting_all_share", {"meets_all": 1, "communes": 8, "assessed": 2}, "12.5"),
        ("communes_below_10", {"below_10": 481, "below_5": 20}, "481"),
        ("criteria_met_average", {"criteria_met": 33, "assessed": 2, "communes": 9}, "16.5"),
        ("district_units_recognised", {"districts_recognised": 173}, "173"),
        (
            "ocop_products_standardised",
            {"ocop_3_stars": 100, "ocop_4_stars": 20, "ocop_5_stars": 3},
            "123",
        ),
        ("ocop_products_granted", {"ocop_granted": 130, "ocop_3_stars": 100}, "130"),
        ("ocop_new_producers", {"ocop_new_producers": 412, "ocop_producers": 900}, "412"),
        ("cooperatives_effective", {"cooperatives_effective": 7, "cooperatives": 9}, "7"),
    ],
)
def test_a_metric_is_what_its_name_says(code: str, known: dict[str, int], value: str) -> None:
    assert metric(code).value(counters(**known)) == Decimal(value)


@pytest.mark.parametrize("code", ["communes_certified_share", "criteria_met_average"])
def test_of_nothing_there_is_no_share(code: str) -> None:
    assert metric(code).value(counters()) is None


def test_a_share_is_exact_enough_to_be_compared_with_its_target() -> None:
    certified = metric("communes_certified_share")
    just_below = certified.value(counters(certified=4614, communes=7691))
    exactly = certified.value(counters(certified=4614, communes=7690))
    assert just_below is not None
    assert just_below < 60
    assert exactly == 60


def test_every_metric_reads_counters_that_exist() -> None:
    assert len(METRICS) >= 8
    for code, item in METRICS.items():
        assert item.code == code
        assert set(item.reads) <= set(COUNTERS)
        assert (item.kind is Kind.COUNT) == (not item.per)


def test_an_unknown_metric_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownMetricError, match=r"“happiness”; there are: communes_certified"):
        metric("happiness")
