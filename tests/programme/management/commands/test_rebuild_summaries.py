"""`rebuild_summaries` adds up whole rounds, published ones only when that is said."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from criteria.models import ReportingRound
from programme.models import Summary
from tests.factories import NationFactory, RoundFactory, UnitFactory
from tests.programme.rows import counted


@pytest.fixture
def published(db: None) -> ReportingRound:
    UnitFactory()
    return RoundFactory(
        code="2019-Q4",
        reference_date=date(2019, 12, 31),
        status=ReportingRound.Status.PUBLISHED,
    )


@pytest.fixture
def open_round(db: None) -> ReportingRound:
    return RoundFactory()


def test_all_rounds_but_the_published(
    published: ReportingRound, open_round: ReportingRound
) -> None:
    call_command("rebuild_summaries", verbosity=0)
    assert counted(NationFactory(), open_round, "communes") == (1,)
    assert not Summary.objects.filter(round=published).exists()


def test_a_published_round_needs_a_word_more(published: ReportingRound) -> None:
    with pytest.raises(CommandError, match=r"reopen it or say --published: 2019-Q4"):
        call_command("rebuild_summaries", published.code)
    call_command("rebuild_summaries", published.code, "--published")
    assert counted(NationFactory(), published, "communes") == (1,)


@pytest.mark.usefixtures("open_round")
def test_a_round_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="1999-Q1"):
        call_command("rebuild_summaries", "1999-Q1")
