"""A small map with two rounds, for what the dashboard reads."""

from __future__ import annotations

from datetime import date

import pytest

from criteria.models import ReportingRound
from tests.factories import RoundFactory


@pytest.fixture
def before() -> ReportingRound:
    """The round before, published."""
    return RoundFactory(
        code="2020-Q2",
        reference_date=date(2020, 6, 30),
        opens_on=date(2020, 6, 1),
        due_on=date(2020, 7, 15),
        status="published",
    )


@pytest.fixture
def now() -> ReportingRound:
    """The open round."""
    return RoundFactory()
