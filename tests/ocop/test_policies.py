"""Who records an award: who answers for all that its council answers for, on any map."""

import pytest

from ntm_portal.accounts.scope import Scope
from ocop.policies import may_certify

COMMUNE = {"with districts": "/VN/62/608/23329/", "without": "/VN/51/23326/"}


@pytest.mark.parametrize(
    ("who", "where", "level", "may"),
    [
        ("/VN/62/", "with districts", "province", True),
        ("/VN/62/", "with districts", "district", True),
        ("/VN/62/608/", "with districts", "district", True),
        ("/VN/62/608/", "with districts", "province", False),
        ("/VN/62/608/23329/", "with districts", "district", False),
        ("/VN/62/609/", "with districts", "district", False),
        ("/VN/51/", "without", "nation", True),
        ("/VN/51/", "without", "district", True),
        ("/VN/51/23326/", "without", "district", False),
        ("/VN/51/23326/", "without", "province", False),
    ],
)
def test_awards_are_recorded_by_who_answers_for_the_whole_of_the_council(
    who: str, where: str, level: str, may: bool
) -> None:
    assert may_certify(Scope(write=frozenset({who})), COMMUNE[where], level) is may
