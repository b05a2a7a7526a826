"""The largest grid there is, 400 communes by 12 indicators, stays light on a slow line."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from criteria.models import IndicatorValue
from tests.criteria.views.conftest import browser
from tests.factories import AssessmentFactory, CriterionFactory, MeasureFactory, UnitFactory

if TYPE_CHECKING:
    from criteria.models import Assessment
    from ntm_portal.accounts.models import User
    from tests.criteria.views.conftest import Browser

pytestmark = pytest.mark.django_db
__all__ = ["browser"]
GRID = "/criteria/rounds/2020-Q4/grid/"
KILOBYTES = 60  # scripts and styles of the page take some 40 more; together at most 100


def test_four_hundred_communes_by_twelve_indicators_weigh_little(
    browser: Browser, officer: User
) -> None:
    criterion = CriterionFactory(code="17")
    measures = [MeasureFactory(criterion=criterion, code=f"17.{n}") for n in range(1, 13)]
    communes: list[Assessment] = [
        AssessmentFactory(unit=UnitFactory(name=f"Xã Thử Nghiệm {n * 7919 % 1000}"))
        for n in range(400)
    ]
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            assessment=commune,
            measure=measure,
            number=(row * 7919 + column * 104729) % 1000 / 10,
            verdict="met" if (row + column) % 3 else "not_met",
            version=1 + (row + column) % 2,
            updated_at="2020-12-20T12:00:00+07:00",
        )
        for row, commune in enumerate(communes)
        for column, measure in enumerate(measures)
    )
    page = browser(officer).get(GRID).content
    assert page.count(b"<td ") == 400 * 12
    assert len(gzip.compress(page, compresslevel=6)) <= KILOBYTES * 1024
