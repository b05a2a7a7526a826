"""The log of changes: complete, narrowed to its reader, filtered, given as a file."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from criteria.models import Assessment, Measure, ValueChange
from criteria.services import save_value, submit
from ntm_portal.accounts.models import User
from tests.criteria.views.conftest import Browser
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
LOG = "/criteria/log/"


@pytest.fixture
def typed(assessment: Assessment, measure: Measure, officer: User) -> Assessment:
    save_value(assessment.pk, "5", Decimal(61), seen_version=None, by=officer)
    save_value(assessment.pk, "5", Decimal("62.5"), seen_version=1, by=officer, channel="grid")
    return assessment


def rows(page: str) -> int:
    return page.count("<time ")


def test_the_log_says_who_when_from_to_and_by_which_way(
    browser: Browser, typed: Assessment, officer: User
) -> None:
    page = browser(officer).get(LOG).content.decode()
    assert rows(page) == 2
    latest = page[page.index("<tbody>") : page.index("</tr>", page.index("<tbody>"))]
    for said in (officer.display_name, "61", "62.5", "grid", "2020-Q4", typed.unit.code):
        assert said in latest


@pytest.mark.parametrize(
    ("query", "many"),
    [
        ("channel=grid", 1),
        ("within=62", 2),
        ("who=officer", 2),
        ("who=nobody", 0),
        ("measure=5&round=2020-Q4", 2),
        ("until=2000-01-01", 0),
        ("since=2000-01-01", 2),
    ],
)
def test_it_is_filtered(
    browser: Browser, typed: Assessment, officer: User, query: str, many: int
) -> None:
    assert rows(browser(officer).get(f"{LOG}?{query}").content.decode()) == many


def test_steps_are_told_with_their_reasons(
    browser: Browser, typed: Assessment, officer: User
) -> None:
    submit(typed.pk, by=officer)
    page = browser(officer).get(f"{LOG}?what=steps").content.decode()
    assert rows(page) == 1
    assert "submitted" in page


def test_another_province_reads_nothing_of_it(browser: Browser, typed: Assessment) -> None:
    far = UserFactory(roles={"officer": UnitFactory(code="99", level="province", path="/VN/99/")})
    client = browser(far)
    assert rows(client.get(LOG).content.decode()) == 0
    assert b"62.5" not in client.get(f"{LOG}csv/").getvalue()


def test_it_is_given_as_csv_and_as_a_workbook(
    browser: Browser, typed: Assessment, officer: User
) -> None:
    client = browser(officer)
    text = client.get(f"{LOG}csv/?channel=grid").getvalue().decode()
    _headings, (*_where, code, old, new, _why, _way, _late) = csv.reader(text.splitlines())
    assert (code, old, new) == ("5", "61", "62.5")
    sheet = load_workbook(BytesIO(client.get(f"{LOG}workbook/").content)).active
    assert sheet is not None
    assert [row[7] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["62.5", "61"]


def test_a_long_log_is_read_page_by_page_in_as_many_queries(
    browser: Browser, typed: Assessment, officer: User
) -> None:
    client = browser(officer)
    with CaptureQueriesContext(connection) as few:
        client.get(LOG)
    value = typed.values.get()
    ValueChange.objects.bulk_create(
        ValueChange(value=value, version=number, new_number=number, channel="api", by=officer)
        for number in range(3, 123)
    )
    with CaptureQueriesContext(connection) as many:
        page = client.get(LOG).content.decode()
    assert len(many) == len(few)
    assert rows(page) == 100
    last = min(ValueChange.objects.order_by("-pk")[:100].values_list("pk", flat=True))
    assert f"before={last}" in page
    assert rows(client.get(f"{LOG}?before={last}").content.decode()) == 22


def test_each_value_leads_to_why_and_a_merger_is_a_way_of_its_own(
    browser: Browser, typed: Assessment, officer: User
) -> None:
    save_value(typed.pk, "5", Decimal(63), seen_version=2, by=officer, channel="merger")
    client = browser(officer)
    page = client.get(f"{LOG}?channel=merger").content.decode()
    assert rows(page) == 1
    assert "merger: from the former communes</td>" in page
    assert f'/criteria/assessments/{typed.pk}/values/5/why/" aria-label="Why? 5, ' in page
    vietnamese = browser(officer, "vi").get(f"{LOG}?channel=merger").content.decode()
    assert "sáp nhập" in vietnamese[vietnamese.index("<tbody>") :]
