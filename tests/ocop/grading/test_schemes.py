"""Stars by tables at the edges of the bands, and which level may award which."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.grading import last_valid_day, may_award, scheme_for, scheme_on, stars
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
    assert stars(Decimal(total), bands=BANDS[code]) == expected


@pytest.mark.parametrize(("cap", "expected"), [(0, 0), (2, 2), (4, 4), (5, 5)])
def test_a_high_score_is_capped_by_what_is_not_met(cap: int, expected: int) -> None:
    assert stars(Decimal(96), bands=BANDS["ocop-2019"], caps=[cap]) == expected


@pytest.mark.parametrize("total", ["-0.01", "100.01"])
def test_a_total_off_the_scale_is_refused(total: str) -> None:
    with pytest.raises(ValueError, match=total):
        stars(Decimal(total), bands=BANDS["ocop-2019"])


@given(TOTALS, TOTALS)
def test_more_points_never_earn_fewer_stars(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    bands = BANDS["ocop-2026"]
    fewer = stars(low, bands=bands)
    assert fewer <= stars(high, bands=bands)


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


@pytest.mark.parametrize(
    ("rated", "filed", "kind", "code"),
    [
        (date(2026, 5, 21), date(2026, 5, 1), "first", "ocop-2023"),
        (date(2026, 5, 22), date(2026, 5, 21), "first", "ocop-2023"),
        (date(2026, 7, 21), date(2026, 5, 21), "first", "ocop-2023"),
        (date(2026, 7, 22), date(2026, 5, 21), "first", "ocop-2026"),
        (date(2026, 7, 21), date(2026, 5, 22), "first", "ocop-2026"),
        (date(2026, 7, 21), date(2026, 5, 21), "upgrade", "ocop-2023"),
        (date(2026, 6, 21), date(2026, 5, 21), "renewal", "ocop-2023"),
        (date(2026, 6, 22), date(2026, 5, 21), "renewal", "ocop-2026"),
        (date(2023, 3, 1), date(2023, 2, 1), "first", "ocop-2023"),
    ],
)
def test_a_dossier_filed_before_new_rules_goes_by_the_old_ones_for_some_days(
    rated: date, filed: date, kind: str, code: str
) -> None:
    scheme = scheme_for(schemes(), rated_on=rated, filed_on=filed, kind=kind)
    assert scheme is not None
    assert scheme.code == code
