"""The map and the law name the standings of a commune by the same words."""

from communes.models import Designation
from criteria.scoring.designations import DESIGNATIONS


def test_whatever_a_threshold_may_name_can_be_held_on_the_map() -> None:
    assert set(Designation.Kind.values) == set(DESIGNATIONS)
