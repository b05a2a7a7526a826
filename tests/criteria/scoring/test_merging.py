"""What is proposed for a unit formed from others: nothing that would have to be assumed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.scoring.merging import Merging, Part, Proposal, Why, propose
from criteria.scoring.verdicts import NOT_ASSESSED, Typed


def parts(*typed: int | str | None, sizes: tuple[int, ...] = ()) -> list[Part]:
    read: list[Typed] = [
        NOT_ASSESSED if item == "na" else None if item is None else Decimal(item) for item in typed
    ]
    known = sizes or (0,) * len(read)
    return [
        Part(item, population=size or None, households=size or None)
        for item, size in zip(read, known, strict=True)
    ]


@pytest.mark.parametrize(
    ("rule", "comparator", "typed", "sizes", "proposed"),
    [
        ("sum", "=", (2, 3), (), 5),
        ("all", "yes", (1, 1), (), 1),
        ("all", "yes", (1, 0), (), 0),
        ("worst", ">=", (70, 90), (), 70),
        ("worst", "<=", (3, 9), (), 9),
        ("mean_population", ">=", (40, 50), (3000, 1000), Decimal("42.5")),
        ("mean_households", "<=", (1, 2), (100, 200), Decimal("1.67")),
        ("mean_population", ">=", (40, 40), (), 40),  # whatever the sizes are
    ],
)
def test_a_value_follows_from_those_of_the_former_units(
    rule: str,
    comparator: str,
    typed: tuple[int, ...],
    sizes: tuple[int, ...],
    proposed: int | Decimal,
) -> None:
    found = propose(Merging(rule), comparator, parts(*typed, sizes=sizes))
    assert found == Proposal(Decimal(proposed))


@pytest.mark.parametrize(
    ("rule", "made", "why"),
    [
        ("anew", parts(1, 1), Why.ANEW),
        ("all", parts(1, None), Why.NO_VALUE),
        ("all", [], Why.NO_VALUE),
        ("worst", parts(1, "na"), Why.LEFT_OUT),
        ("mean_population", parts(40, 50, sizes=(3000, 0)), Why.NO_SIZE),
        ("sum", [Part(Decimal(1)), Part(Decimal(2), is_divided=True)], Why.DIVIDED),
    ],
)
def test_where_it_does_not_follow_the_reason_is_said(rule: str, made: list[Part], why: Why) -> None:
    assert propose(Merging(rule), ">=", made) == Proposal(None, why)


def test_what_all_left_out_is_left_out() -> None:
    assert propose(Merging.ALL, "yes", parts("na", "na")).typed is NOT_ASSESSED


@given(
    st.sampled_from([Merging.WORST, Merging.ALL, Merging.MEAN_POPULATION]),
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 9000)), min_size=1, max_size=6),
)
def test_a_proposal_lies_among_the_values_it_is_made_of(
    rule: Merging, drawn: list[tuple[int, int]]
) -> None:
    made = parts(*(value for value, _ in drawn), sizes=tuple(size for _, size in drawn))
    found = propose(rule, ">=", made).typed
    assert isinstance(found, Decimal)
    assert min(value for value, _ in drawn) <= found <= max(value for value, _ in drawn)
