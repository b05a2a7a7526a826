"""How fast a figure moves, how fast it must, and where it will be."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.dashboard.pace import Outlook, Pace, work_out
from programme.dashboard.trend import Reading

START = date(2019, 1, 1)
DUE = START + timedelta(days=400)


def readings(*values: int, apart: int = 100) -> list[Reading]:
    return [
        Reading(str(at), START + timedelta(days=apart * at), Decimal(value))
        for at, value in enumerate(values)
    ]


def pace(*values: int, goal: int = 60, less: bool = False, share: bool = True) -> Pace:
    found = work_out(
        readings(*values), goal=Decimal(goal), due=DUE, asks_for_less=less, is_share=share
    )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("values", "forecast", "outlook"),
    [
        ((40, 45), 60, Outlook.ON_TRACK),
        ((40, 44), 56, Outlook.BEHIND),
        ((40, 60), 100, Outlook.REACHED),
        ((50, 20), 0, Outlook.BEHIND),
        ((10, 20, 30, 40), 50, Outlook.BEHIND),
        ((40, 42, 44, 46, 48), None, Outlook.MISSED),
        ((40, 42, 44, 46, 60), None, Outlook.REACHED),
    ],
)
def test_the_forecast_goes_on_along_the_line(
    values: tuple[int, ...], forecast: int | None, outlook: Outlook
) -> None:
    found = pace(*values)
    assert (found.forecast, found.outlook) == (forecast, outlook)


def test_the_line_begins_at_most_four_rounds_ago() -> None:
    found = work_out(
        readings(0, 10, 20, 30, 40, 50, 60), goal=Decimal(90), due=START + timedelta(days=900)
    )
    assert found is not None
    assert (found.since.value, found.gained) == (Decimal(20), Decimal(40))
    assert found.days == 400


def test_the_pace_needed_leads_from_the_newest_to_the_target() -> None:
    found = pace(40, 45)
    assert found.needed == Decimal(15) / 300 * Decimal("30.4375")
    assert found.had == found.needed


def test_a_target_of_fewer_is_reached_from_above() -> None:
    assert pace(900, 750, goal=600, less=True, share=False).outlook is Outlook.ON_TRACK
    assert pace(900, 880, goal=600, less=True, share=False).outlook is Outlook.BEHIND
    assert pace(700, 599, goal=600, less=True, share=False).outlook is Outlook.REACHED


def test_one_reading_makes_no_pace() -> None:
    assert work_out(readings(40), goal=Decimal(60), due=DUE) is None


@given(st.lists(st.integers(0, 100), min_size=2, max_size=4), st.integers(0, 100))
def test_who_keeps_the_pace_needed_arrives_exactly(values: list[int], goal: int) -> None:
    found = pace(*values, goal=goal)
    assert found.needed is not None
    arrived = found.now.value + found.needed / Decimal("30.4375") * found.days_left
    assert round(arrived, 6) == goal
