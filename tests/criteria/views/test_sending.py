"""The page on which an officer sends what is complete in one act."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.assessment import rejudge
from criteria.models import Assessment, Measure, ReportingRound
from ntm_portal.accounts.models import User
from tests.criteria.views.conftest import Browser
from tests.factories import (
    AssessmentFactory,
    ProvinceFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/criteria/rounds/2020-Q4/send/"


def complete(measure: Measure, code: str, **fields: object) -> Assessment:
    item: Assessment = AssessmentFactory(unit=UnitFactory(code=code), **fields)
    ValueFactory(assessment=item, measure=measure, number=90, is_carried=True)
    rejudge([item.pk])
    return item


def test_it_lists_what_is_complete_and_counts_the_rest(
    browser: Browser, measure: Measure, officer: User, assessment: Assessment
) -> None:
    ready, back = complete(measure, "20001"), complete(measure, "20002", status="returned")
    complete(measure, "20003", status="submitted")
    AssessmentFactory(unit=UnitFactory(code="20004"))  # nothing is typed, as in `assessment`
    page = browser(officer).get(ADDRESS).content.decode()
    assert "2 communes still lack values" in page
    ticks = dict(re.findall(r'name="seen" value="(\d+):\d+"( checked)?', page))
    assert ticks == {str(ready.pk): " checked", str(back.pk): ""}


def test_what_is_ticked_is_sent(browser: Browser, measure: Measure, officer: User) -> None:
    items = [complete(measure, f"2000{at}") for at in range(3)]
    seen = [f"{item.pk}:{item.version}" for item in items[:2]]
    answer = browser(officer).post(ADDRESS, {"seen": seen}, follow=True)
    assert "2 communes are sent." in answer.content.decode()
    statuses = dict(Assessment.objects.values_list("pk", "status"))
    assert [statuses[item.pk] for item in items] == ["submitted", "submitted", "draft"]


@pytest.mark.parametrize("seen", [[], ["x"], ["1"], ["99999:0"], ["1:2:3"]])
def test_nothing_or_nonsense_sends_nothing(
    browser: Browser, measure: Measure, officer: User, seen: list[str]
) -> None:
    complete(measure, "20001")
    answer = browser(officer).post(ADDRESS, {"seen": seen}, follow=True)
    assert "Nothing is sent: no commune was chosen." in answer.content.decode()
    assert not Assessment.objects.filter(status="submitted").exists()


def test_a_closed_round_asks_why_and_keeps_what_she_wrote(
    browser: Browser, measure: Measure, officer: User
) -> None:
    item = complete(measure, "20001")
    ReportingRound.objects.update(status="closed")
    client = browser(officer)
    assert 'name="late_reason"' in client.get(ADDRESS).content.decode()
    seen = {"seen": [f"{item.pk}:{item.version}"]}
    answer = client.post(ADDRESS, seen)
    assert answer.status_code == 409
    assert "say why you enter after that" in answer.content.decode()
    assert client.post(ADDRESS, {**seen, "late_reason": "Mất mạng"}).status_code == 302
    item.refresh_from_db()
    assert item.status == "submitted"


def test_another_province_has_nothing_to_send_here(browser: Browser, measure: Measure) -> None:
    item = complete(measure, "20001")
    client = browser(UserFactory(roles={"officer": ProvinceFactory(code="42")}))
    assert "20001" not in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, {"seen": [f"{item.pk}:{item.version}"]})
    item.refresh_from_db()
    assert item.status == "draft"


def test_it_takes_as_many_queries_for_many(
    browser: Browser, measure: Measure, officer: User
) -> None:
    client, counts = browser(officer), []
    for many in (1, 20):
        for number in range(many):
            complete(measure, f"{many}{number:03d}")
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        counts.append(len(queries))
    assert counts[0] == counts[1]
