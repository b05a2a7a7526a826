"""An invented number meets its level exactly when it is meant to, and may stand in the form."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.models import Measure
from criteria.scoring.judging import MeasureSpec, judge
from criteria.scoring.thresholds import Place, Rule
from criteria.scoring.verdicts import Verdict
from criteria.services.ranges import refuse_out_of_range
from programme.demonstration.figures import Asked, number

ASKED = [
    ("yes_no", "yes", "1"),
    ("count", "=", "0"),
    ("percent", ">=", "100"),
    ("percent", ">=", "95"),
    ("percent", "<=", "1"),
    ("percent", "<=", "26.7"),
    ("amount", ">=", "41"),
]
MARGINS = st.floats(min_value=-6, max_value=6)


@pytest.mark.parametrize(("kind", "comparator", "level"), ASKED)
@given(margin=MARGINS)
def test_a_number_meets_its_level_when_the_margin_is_not_negative(
    kind: str, comparator: str, level: str, margin: float
) -> None:
    asked = Asked(1, "9.9", "9", kind, comparator, Decimal(level))
    found = number(asked, margin)
    rules = (Rule(id=1, value=Decimal(level)),)
    measure = MeasureSpec(1, "9.9", kind, comparator, "", rules)
    expected = Verdict.MET if margin >= 0 else Verdict.NOT_MET
    assert judge(measure, found, Place()).verdict is expected
    refuse_out_of_range(Measure(kind=kind), found)


@given(st.floats(min_value=-3, max_value=3), st.floats(min_value=-3, max_value=3))
def test_a_greater_margin_never_gives_a_worse_income(one: float, other: float) -> None:
    asked = Asked(1, "10", "10", "amount", ">=", Decimal(41))
    low, high = sorted((one, other))
    assert number(asked, low) <= number(asked, high)
