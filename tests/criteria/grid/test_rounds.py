"""The grid of one commune: past rounds are read, the open one is typed into."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.models import Assessment, IndicatorValue, Measure, ValueChange
from criteria.services import save_value
from ntm_portal.accounts.models import User
from tests.criteria.grid.test_grid import SCRIPT, Browser, browser, commune, fields, measures
from tests.factories import (
    AssessmentFactory,
    DistrictFactory,
    MeasureFactory,
    ProvinceFactory,
    RoundFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
__all__ = ["browser", "commune", "measures"]


@pytest.fixture
def before(commune: Assessment, measures: list[Measure]) -> Assessment:
    """The same commune in the round before, which is over: it had 60 percent."""
    return past(commune, measures, date(2020, 9, 30), 60)


def past(commune: Assessment, measures: list[Measure], day: date, number: int) -> Assessment:
    round_ = RoundFactory(code=f"{day:%Y-%m}", reference_date=day, status="published")
    found: Assessment = AssessmentFactory(unit=commune.unit, round=round_)
    ValueFactory(assessment=found, measure=measures[0], number=number, verdict="not_met")
    return found


def address(assessment: Assessment) -> str:
    return f"/criteria/assessments/{assessment.pk}/rounds/"


def test_rounds_that_are_over_are_read_and_the_open_one_is_typed_into(
    browser: Browser, officer: User, commune: Assessment, before: Assessment
) -> None:
    page = browser(officer).get(address(commune)).content.decode()
    inputs = dict(re.findall(r'<input name="(v-[^"]+)" value="[^"]*"([^>]*)>', page))
    assert len(inputs) == 6
    for name, rest in inputs.items():
        assert ("readonly" in rest) == name.startswith(f"v-{before.pk}-")
    assert f'name="v-{before.pk}-0" value="60"' in page
    assert f'name="s-{commune.pk}"' in page
    assert f'name="s-{before.pk}"' not in page
    assert page.index(f"s-{commune.pk}") > page.index("2020-09"), "the latest stands last"


def test_posted_whole_it_saves_what_changed_in_the_open_round(
    browser: Browser, officer: User, commune: Assessment, before: Assessment
) -> None:
    client = browser(officer)
    page = client.get(address(commune)).content.decode()
    data = fields(page) | {f"v-{commune.pk}-2": "45", f"v-{before.pk}-0": "99"}
    assert client.post(address(commune), data).status_code == 302
    change = ValueChange.objects.get()
    assert (change.value.measure.code, change.channel) == ("17.3", "grid")
    assert IndicatorValue.objects.get(assessment=before).number == 60


def test_a_forged_stamp_opens_no_round_that_is_over(
    browser: Browser, officer: User, commune: Assessment, before: Assessment
) -> None:
    data = {f"s-{before.pk}": "1:60|0:|0:", f"v-{before.pk}-0": "99"}
    assert browser(officer).post(address(commune), data).status_code == 409
    assert not ValueChange.objects.exists()


def test_the_script_is_answered_with_the_cells_as_they_stand(
    browser: Browser, officer: User, commune: Assessment, before: Assessment
) -> None:
    data = {f"s-{commune.pk}": "1:70|0:|0:", f"v-{commune.pk}-1": "có"}
    answer = browser(officer).post(address(commune), data, headers=SCRIPT).json()
    assert list(answer["rows"]) == [str(commune.pk)]
    cells = answer["rows"][str(commune.pk)]["cells"]
    assert [cell["name"] for cell in cells] == [f"v-{commune.pk}-{n}" for n in range(3)]
    assert cells[1]["verdict"] == "met"


def test_a_conflict_shows_both_values(browser: Browser, officer: User, commune: Assessment) -> None:
    client = browser(officer)
    data = fields(client.get(address(commune)).content.decode()) | {f"v-{commune.pk}-0": "95"}
    colleague = UserFactory(roles={"officer": ProvinceFactory()}, first_name="Trần Thị Bình")
    save_value(commune.pk, "17.1", Decimal(85), seen_version=1, by=colleague)
    page = client.post(address(commune), data).content.decode()
    assert "Trần Thị Bình" in page
    assert 'value="95"' in page
    assert "Keep 85" in page


def test_who_only_reads_types_nothing(
    browser: Browser, verifier: User, commune: Assessment
) -> None:
    page = browser(verifier).get(address(commune)).content.decode()
    assert page.count(" readonly") == 3
    assert "only to be read" in page


def test_a_commune_elsewhere_is_not_there(browser: Browser, commune: Assessment) -> None:
    elsewhere = ProvinceFactory(code="42", path="/VN/42/")
    DistrictFactory(code="436", parent=elsewhere)
    client = browser(UserFactory(roles={"officer": elsewhere}))
    assert client.get(address(commune)).status_code == 404


def test_form_and_grid_lead_there(browser: Browser, officer: User, commune: Assessment) -> None:
    client = browser(officer)
    form = client.get(f"/criteria/assessments/{commune.pk}/").content.decode()
    line = client.get(f"/criteria/assessments/{commune.pk}/values/17.1/line/").content.decode()
    assert address(commune) in form
    assert address(commune) in line


def test_its_queries_are_few_and_do_not_grow(
    browser: Browser, officer: User, commune: Assessment, measures: list[Measure]
) -> None:
    client = browser(officer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as read:
            client.get(address(commune))
        return len(read)

    queries()
    for_one = queries()
    for year in range(2010, 2017):
        past(commune, measures, date(year, 12, 31), 50)
    for number in range(10):
        MeasureFactory(criterion=measures[0].indicator.criterion, code=f"17.{number + 4}")
    assert queries() == for_one
    assert for_one <= 10
