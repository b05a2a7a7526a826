"""Shares at their edges: nothing is rounded into being met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.recognition.rules import titles
from criteria.scoring.shares import is_ground, reaches, share_verdict
from criteria.scoring.titles import Asks, Provision
from criteria.scoring.verdicts import Verdict


@pytest.mark.parametrize(
    ("holding", "total", "at_least", "expected"),
    [
        (0, 0, 100, Verdict.UNDETERMINED),
        (14, 14, 100, Verdict.MET),
        (13, 14, 100, Verdict.NOT_MET),
        (3, 4, 75, Verdict.MET),
        (74, 99, 75, Verdict.NOT_MET),
        (75, 99, 75, Verdict.MET),
        (1, 10, 10, Verdict.MET),
        (1, 11, 10, Verdict.NOT_MET),
        (2, 11, 10, Verdict.MET),
    ],
)
def test_a_share_is_met_at_its_edge(
    holding: int, total: int, at_least: int, expected: Verdict
) -> None:
    assert share_verdict(holding, total, at_least) is expected


@given(st.integers(1, 500), st.data(), st.integers(1, 100))
def test_more_holders_are_never_worse(total: int, data: st.DataObject, at_least: int) -> None:
    fewer = data.draw(st.integers(0, total))
    more = data.draw(st.integers(fewer, total))
    assert reaches(fewer, total, at_least) <= reaches(more, total, at_least)


def grounds(level: str) -> list[Provision]:
    title = next(item for item in titles() if item.is_revocable and item.level == level)
    return [ground for ground in title.grounds if ground.asks is Asks.FAILING]


@pytest.mark.parametrize(
    ("level", "failed", "total", "names", "expected"),
    [
        # nineteen criteria: 30 % is 5,7 of them, 50 % is 9,5
        ("commune", 5, 19, {"thu nhap"}, []),
        ("commune", 6, 19, {"thu nhap"}, ["third-with-named"]),
        ("commune", 6, 19, {"giao thong"}, []),
        ("commune", 6, 19, {"moi truong va an toan thuc pham"}, ["third-with-named"]),
        ("commune", 6, 19, {"quoc phong va an ninh"}, ["third-with-named"]),
        ("commune", 9, 19, {"thu nhap"}, ["third-with-named"]),
        ("commune", 9, 19, {"giao thong"}, []),
        ("commune", 10, 19, {"thu nhap"}, ["half"]),
        ("commune", 10, 19, {"giao thong"}, ["half"]),
        ("commune", 19, 19, set(), ["half"]),
        # exactly at the edges of ten criteria
        ("commune", 3, 10, {"moi truong"}, ["third-with-named"]),
        ("commune", 2, 10, {"moi truong"}, []),
        ("commune", 5, 10, {"moi truong"}, ["half"]),
        ("commune", 4, 10, {"moi truong"}, ["third-with-named"]),
        ("commune", 0, 10, set(), []),
        ("commune", 0, 0, set(), []),
        ("district", 3, 10, {"thu nhap"}, []),
        ("district", 3, 10, {"kinh te"}, ["third-with-named"]),
        ("district", 5, 10, set(), ["half"]),
    ],
)
def test_a_ground_is_met_at_its_edge(
    level: str, failed: int, total: int, names: set[str], expected: list[str]
) -> None:
    met = [item.code for item in grounds(level) if is_ground(item, failed, total, names)]
    assert met == expected
