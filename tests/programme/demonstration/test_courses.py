"""The way of an assessment: in order, in office hours, over before the day of loading."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from criteria.models import ReportingRound
from programme.demonstration.courses import progress
from programme.demonstration.latent import Commune, stream
from programme.demonstration.rounds import planned
from programme.demonstration.story import Course

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 11, 24)
COMMUNES = [Commune(n, f"{n:05}", f"Thử {n}", "608", "62", "TN") for n in range(300)]


@pytest.mark.parametrize("due_in", [12, 0, 40])
def test_every_step_lies_between_the_opening_and_the_day_of_loading(due_in: int) -> None:
    plan = planned(TODAY, due_in)[-1]
    round_ = ReportingRound(code=plan.code, opens_on=plan.opens_on, due_on=plan.due_on)
    for commune in COMMUNES:
        way = progress(stream(1, commune.code), commune, round_, is_over=False)
        moments = [step.at for step in way.steps]
        assert moments == sorted(moments)
        assert moments[0] <= way.typed_at
        last = max(*moments, way.typed_at, *way.changed_at)
        assert last < datetime.combine(TODAY, time(0), HERE)
        assert all(8 <= at.astimezone(HERE).hour < 17 for at in moments)


def test_all_courses_are_met_and_only_a_return_has_a_reason() -> None:
    plan = planned(TODAY, 12)[-1]
    round_ = ReportingRound(code=plan.code, opens_on=plan.opens_on, due_on=plan.due_on)
    ways = [
        progress(stream(1, commune.code), commune, round_, is_over=False) for commune in COMMUNES
    ]
    assert {way.course for way in ways} == set(Course)
    assert all(bool(way.reason) == (way.course is Course.RETURNED) for way in ways)


def test_a_round_that_is_over_is_verified() -> None:
    plan = planned(TODAY, 12)[0]
    round_ = ReportingRound(code=plan.code, opens_on=plan.opens_on, due_on=plan.due_on)
    for commune in COMMUNES:
        way = progress(stream(1, commune.code), commune, round_, is_over=True)
        assert way.status == "verified"
        assert way.steps[-1].at.date() <= plan.due_on + timedelta(days=1)
