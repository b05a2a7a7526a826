"""A total is shared out whole."""

from hypothesis import given
from hypothesis import strategies as st

from programme.demonstration.quotas import COMMUNES, scaled, shared_out

WEIGHTS = st.dictionaries(st.text("0123456789", min_size=2, max_size=2), st.integers(1, 700))


@given(st.integers(0, 20_000), WEIGHTS.filter(bool))
def test_the_parts_add_up_to_the_total(total: int, weights: dict[str, int]) -> None:
    parts = shared_out(total, weights)
    assert sum(parts.values()) == total
    whole = sum(weights.values())
    assert all(abs(parts[key] - total * weights[key] / whole) < 1 for key in weights)


def test_nobody_to_share_with_gets_nothing() -> None:
    assert shared_out(10, {}) == {}
    assert shared_out(10, {"62": 0}) == {"62": 0}


def test_a_map_of_one_province_has_its_part_of_the_total() -> None:
    assert scaled(2956, COMMUNES) == 2956
    assert scaled(2956, COMMUNES // 2) == 1478
