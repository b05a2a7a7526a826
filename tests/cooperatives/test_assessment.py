"""A return is rated by the rule of its year."""

from datetime import date
from decimal import Decimal

import pytest

from cooperatives.assessment import rate_return
from cooperatives.models import Cooperative, YearlyReturn


@pytest.mark.parametrize(
    ("year", "score", "registered", "rating", "rule", "effective"),
    [
        (2019, "65", date(2010, 1, 1), "fair", "tt09-2017", True),
        (2020, "64.99", date(2010, 1, 1), "average", "tt01-2020", False),
        (2020, "90", date(2020, 1, 1), "good", "tt01-2020", True),
        (2020, "90", date(2020, 1, 2), "not_rated", "tt01-2020", False),
        (2016, "90", date(2010, 1, 1), "not_rated", "", False),
    ],
)
def test_the_rule_of_the_year_rates(
    year: int, score: str, registered: date, rating: str, rule: str, effective: bool
) -> None:
    cooperative = Cooperative(registered_on=registered)
    row = YearlyReturn(cooperative=cooperative, year=year, score=Decimal(score))
    rate_return(row)
    assert (row.rating, row.rule_code, row.is_effective) == (rating, rule, effective)
