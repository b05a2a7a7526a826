"""Ratings by tables at the edges of the bands, and who is not rated."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.models import YearlyReturn
from cooperatives.rating import Rating, effective_rule_on, is_effective, rate, rule_on
from cooperatives.rulebooks import effective_rules, rating_rules

SCORES = st.decimals(min_value=0, max_value=100, places=2)
RULES = {rule.code: rule for rule in rating_rules()}
ORDER = [Rating.WEAK, Rating.AVERAGE, Rating.FAIR, Rating.GOOD]


@pytest.mark.parametrize("code", list(RULES))
@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("0", "weak"),
        ("49.99", "weak"),
        ("50", "average"),
        ("64.99", "average"),
        ("65", "fair"),
        ("79.99", "fair"),
        ("80", "good"),
        ("100", "good"),
    ],
)
def test_the_rating_changes_exactly_at_the_edge(code: str, score: str, expected: str) -> None:
    assert rate(Decimal(score), rule=RULES[code]) == expected


def test_a_cooperative_of_less_than_twelve_months_is_not_rated() -> None:
    rule = RULES["tt01-2020"]
    assert rate(Decimal(90), rule=rule, months_active=11) is Rating.NOT_RATED
    assert rate(Decimal(90), rule=rule, months_active=12) is Rating.GOOD


def test_a_cooperative_stopped_for_more_than_three_months_is_not_rated() -> None:
    rule = RULES["tt01-2020"]
    assert rate(Decimal(90), rule=rule, months_stopped=4) is Rating.NOT_RATED
    assert rate(Decimal(90), rule=rule, months_stopped=3) is Rating.GOOD
    assert rate(Decimal(90), rule=RULES["tt09-2017"], months_stopped=4) is Rating.GOOD


def test_no_score_is_no_rating() -> None:
    assert rate(None, rule=RULES["tt01-2020"]) is Rating.NOT_RATED


@pytest.mark.parametrize("score", ["-0.01", "100.01"])
def test_a_score_off_the_scale_is_refused(score: str) -> None:
    with pytest.raises(ValueError, match=score):
        rate(Decimal(score), rule=RULES["tt01-2020"])


@given(SCORES, SCORES)
def test_a_higher_score_never_rates_lower(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    rule = RULES["tt01-2020"]
    assert ORDER.index(rate(low, rule=rule)) <= ORDER.index(rate(high, rule=rule))


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2017, 6, 1), None),
        (date(2019, 12, 31), "tt09-2017"),
        (date(2020, 3, 31), "tt09-2017"),
        (date(2020, 4, 1), "tt01-2020"),
    ],
)
def test_the_newest_rule_in_force_prevails(day: date, code: str | None) -> None:
    rule = rule_on(rating_rules(), day)
    assert (rule.code if rule else None) == code


@pytest.mark.parametrize(
    ("rating", "effective"),
    [("good", True), ("fair", True), ("average", False), ("weak", False), ("not_rated", False)],
)
def test_effective_means_good_or_fair(rating: str, effective: bool) -> None:
    rule = effective_rule_on(effective_rules(), date(2020, 12, 31))
    assert rule is not None
    assert is_effective(Rating(rating), rule=rule) is effective


def test_the_ratings_are_those_the_database_knows() -> None:
    assert {str(item) for item in Rating} == set(YearlyReturn.Rating.values)
