"""`verify_summaries` says what it compared and exits with 1 on any difference."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from communes.models import StaleUnit
from criteria.models import IndicatorValue, ReportingRound
from programme.models import Summary
from programme.rollup import rebuild, refresh_stale
from tests.factories import RoundFactory, UnitFactory
from tests.programme.rows import MET, NOT_MET, assess, set_of


@pytest.fixture
def round_(db: None) -> ReportingRound:
    set_of(2)
    round_ = RoundFactory()
    assess(UnitFactory(), round_, MET, NOT_MET)
    rebuild(round_)
    return round_


def said(*args: str, exits: int = 0) -> str:
    out = StringIO()
    try:
        call_command("verify_summaries", *args, stdout=out)
        code = 0
    except SystemExit as ended:
        code = int(str(ended.code))
    assert code == exits
    return out.getvalue()


@pytest.mark.usefixtures("round_")
def test_it_is_content_and_says_what_it_compared() -> None:
    assert said() == (
        "Compared: 1 × outcome, 2 × criterion, 2 × value, 8 × summary, 12 × tally.\n"
        "Differences: 0.\n"
    )


@pytest.mark.usefixtures("round_")
def test_it_exits_with_1_on_a_counter_that_was_tampered_with() -> None:
    Summary.objects.filter(unit__code="VN", basis="reported").update(criteria_met=500)
    text = said(exits=1)
    assert "Việt Nam (VN), reported: summary criteria_met is stored as 500" in text
    assert text.endswith("Differences: 1.\n")


@pytest.mark.usefixtures("round_")
def test_it_exits_with_1_on_a_verdict_that_was_tampered_with() -> None:
    IndicatorValue.objects.filter(verdict="not_met").update(verdict="met")
    assert "is stored as met / " in said(exits=1)


@pytest.mark.usefixtures("round_")
def test_it_shows_fifty_differences_and_counts_the_rest(round_: ReportingRound) -> None:
    for _ in range(40):
        UnitFactory()
    rebuild(round_)
    Summary.objects.update(certified=7)
    text = said(exits=1)
    assert text.count("is stored as 7") == 50
    assert "… and 38 more" in text


def test_it_says_that_the_roll_up_still_owes_something(round_: ReportingRound) -> None:
    new = UnitFactory()
    StaleUnit.objects.create(unit=new, since=date(2020, 1, 1))
    text = said("--round", round_.code, exits=1)
    assert "Units that await the roll-up: 1; differences may be theirs." in text
    assert f"{new.name} ({new.code}), reported: summary is stored as nothing" in text


@pytest.mark.usefixtures("round_")
def test_it_can_wait_for_the_roll_up(monkeypatch: pytest.MonkeyPatch) -> None:
    StaleUnit.objects.create(unit=UnitFactory(), since=date(2020, 1, 1))
    monkeypatch.setattr("time.sleep", lambda _seconds: refresh_stale())
    assert "await" not in said("--wait", "60")


def test_a_round_that_is_not_there_is_named(round_: ReportingRound) -> None:
    with pytest.raises(CommandError, match="1999-Q1"):
        said("--round", round_.code, "--round", "1999-Q1")


@pytest.mark.django_db
def test_without_rounds_there_is_nothing_to_compare() -> None:
    assert said() == "Compared: nothing.\nDifferences: 0.\n"
