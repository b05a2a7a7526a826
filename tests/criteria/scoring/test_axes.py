"""For whom a threshold is, in one stable text."""

import pytest

from criteria.scoring.axes import axes_text
from criteria.scoring.thresholds import Rule
from tests.criteria.scoring.build import rule


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        (rule(1), "national"),
        (rule(1, region_code="TN"), "region:TN"),
        (rule(1, province_code="62", commune_group="III"), "province:62+group:III"),
        (rule(1, designation="poor"), "designation:poor"),
        (rule(1, region_code="DBSH", from_year=2022, to_year=2022), "region:DBSH+years:2022"),
        (rule(1, from_year=2022, to_year=2024), "years:2022-2024"),
        (rule(1, from_year=2022), "years:2022-"),
        (rule(1, to_year=2022), "years:-2022"),
    ],
)
def test_the_axes_are_named(stated: Rule, text: str) -> None:
    assert axes_text(stated) == text
