"""Stars by tables at the edges of the bands, and which level may award which."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.grading import last_valid_day, may_award, mean_total, scheme_on, stars
from ocop.rulebooks import schemes

TOTALS = st.decimals(min_value=0, max_value=100, places=2)
CODES = [scheme.code for scheme in schemes()]
BANDS = {scheme.code: scheme.bands for scheme in schemes()}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("0", 1),
        ("29.99", 1),
        ("30", 2),
        ("49.99", 2),
        ("50", 3),
        ("69.99", 3),
        ("70", 4),
        ("89.5", 4),
        ("89.99", 4),
        ("90", 5),
        ("100", 5),
    ],
)
def test_the_stars_change_exactly_at_the_edge(code: str, total: str, expected: int) -> None:
    assert stars(Decimal(total), minimum_met=True, bands=BANDS[code]) == expected


def test_a_high_score_without_the_minimum_conditions_earns_no_stars() -> None:
    assert stars(Decimal(96), minimum_met=False, bands=BANDS["ocop-2019"]) == 0


@pytest.mark.parametrize("total", ["-0.01", "100.01"])
def test_a_total_off_the_scale_is_refused(total: str) -> None:
    with pytest.raises(ValueError, match=total):
        stars(Decimal(total), minimum_met=True, bands=BANDS["ocop-2019"])


@given(TOTALS, TOTALS)
def test_more_points_never_earn_fewer_stars(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    bands = BANDS["ocop-2026"]
    fewer = stars(low, minimum_met=True, bands=bands)
    assert fewer <= stars(high, minimum_met=True, bands=bands)


def test_the_mean_is_compared_unrounded() -> None:
    total = mean_total([Decimal(90), Decimal(90), Decimal("89.9")])
    assert total < 90
    assert stars(total, minimum_met=True, bands=BANDS["ocop-2023"]) == 4


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2019, 8, 20), None),
        (date(2019, 8, 21), "ocop-2019"),
        (date(2023, 2, 23), "ocop-2019"),
        (date(2023, 2, 24), "ocop-2023"),
        (date(2026, 5, 21), "ocop-2023"),
        (date(2026, 5, 22), "ocop-2026"),
    ],
)
def test_the_scheme_changes_on_its_day(day: date, code: str | None) -> None:
    scheme = scheme_on(schemes(), day)
    assert (scheme.code if scheme else None) == code


@pytest.mark.parametrize(
    ("day", "level", "number", "allowed"),
    [
        (date(2020, 12, 31), "province", 3, True),
        (date(2020, 12, 31), "district", 3, False),
        (date(2020, 12, 31), "province", 5, False),
        (date(2020, 12, 31), "nation", 5, True),
        (date(2020, 12, 31), "province", 2, False),
        (date(2024, 1, 1), "district", 3, True),
        (date(2024, 1, 1), "province", 3, False),
        (date(2025, 7, 5), "district", 3, True),
        (date(2025, 7, 6), "district", 3, False),
        (date(2025, 7, 6), "province", 3, True),
        (date(2026, 6, 1), "province", 4, True),
    ],
)
def test_three_stars_move_from_province_to_district_and_back(
    day: date, level: str, number: int, allowed: bool
) -> None:
    scheme = scheme_on(schemes(), day)
    assert scheme is not None
    assert may_award(scheme, level, number, day) is allowed


@pytest.mark.parametrize(
    ("valid_from", "last"),
    [
        (date(2020, 2, 4), date(2023, 2, 3)),
        (date(2020, 1, 1), date(2022, 12, 31)),
        (date(2020, 2, 29), date(2023, 2, 28)),
        (date(2020, 3, 1), date(2023, 2, 28)),
        (date(2019, 12, 31), date(2022, 12, 30)),
    ],
)
def test_a_certificate_is_valid_for_36_months(valid_from: date, last: date) -> None:
    assert last_valid_day(valid_from, months=36) == last
