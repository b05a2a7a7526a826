"""Ratings by tables at the edges of the bands, and who is not rated."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.models import YearlyReturn
from cooperatives.rating import (
    Rating,
    Rule,
    effective_rule_on,
    is_effective,
    rate,
    rule_on,
    size_of,
    size_rule_on,
)
from cooperatives.rulebooks import effective_rules, rating_rules, size_rules

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


@pytest.mark.parametrize(
    ("members", "revenue", "capital", "expected"),
    [
        (300, "50000", "0", "large"),
        (300, "0", "10000", "large"),
        (300, "49999.99", "9999.99", "medium"),
        (299, "50000", "10000", "medium"),
        (200, "10000", None, "medium"),
        (199, "10000", "5000", "small"),
        (50, None, "1000", "small"),
        (50, "1999.99", "999.99", "micro"),
        (49, "50000", "10000", "micro"),
        (0, "0", "0", "micro"),
        (None, "50000", "10000", ""),
        (300, None, None, ""),
    ],
)
def test_the_size_changes_exactly_at_its_lines(
    members: int | None, revenue: str | None, capital: str | None, expected: str
) -> None:
    rule = size_rule_on(size_rules(), date(2024, 12, 31))
    assert rule is not None
    amounts = [None if each is None else Decimal(each) for each in (revenue, capital)]
    assert size_of(members, *amounts, rule=rule) == expected


def test_no_single_size_is_stated_before_the_rule_of_2024() -> None:
    assert size_rule_on(size_rules(), date(2024, 10, 31)) is None


@given(
    st.integers(0, 2000),
    st.decimals(0, 100_000, places=2),
    st.decimals(0, 50_000, places=2),
    st.integers(0, 500),
)
def test_more_of_anything_never_makes_it_smaller(
    members: int, revenue: Decimal, capital: Decimal, more: int
) -> None:
    rule = size_rule_on(size_rules(), date(2024, 12, 31))
    assert rule is not None
    order = [line.size for line in rule.classes]
    before = order.index(size_of(members, revenue, capital, rule=rule))
    for grown in (
        size_of(members + more, revenue, capital, rule=rule),
        size_of(members, revenue + more, capital, rule=rule),
        size_of(members, revenue, capital + more, rule=rule),
    ):
        assert order.index(grown) <= before


@pytest.mark.parametrize("rule", rating_rules(), ids=lambda rule: rule.code)
def test_the_points_that_were_read_do_not_exceed_a_hundred(rule: Rule) -> None:
    assert sum(item.most or 0 for item in rule.criteria) <= 100
