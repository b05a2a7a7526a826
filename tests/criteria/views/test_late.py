"""Entering after a round has closed, by every way: what is typed stays, what is saved is marked."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from criteria.models import Assessment, IndicatorValue, LateEntry, Measure, ReportingRound
from criteria.services import Entry, save_values
from ntm_portal.accounts.models import User
from tests.criteria.api.test_push import fates, push, row
from tests.factories import AssessmentFactory, LateEntryFactory, ValueFactory

if TYPE_CHECKING:
    from tests.criteria.views.conftest import Browser

pytestmark = pytest.mark.django_db
WHY = "Mất điện ba ngày"
ROUND = "/criteria/rounds/2020-Q4/"


@pytest.fixture
def closed(assessment: Assessment, measure: Measure) -> Assessment:
    ReportingRound.objects.update(status="closed")
    assessment.refresh_from_db()
    return assessment


@pytest.fixture
def late(closed: Assessment, officer: User) -> Assessment:
    save_values(closed.pk, [Entry("5", Decimal(90))], by=officer, late_reason=WHY)
    return closed


def address(assessment: Assessment) -> str:
    return f"/criteria/assessments/{assessment.pk}/"


def typed(text: str, **more: str) -> dict[str, str]:
    return {"value-5": text, "was-5": "", "seen-5": "", **more}


def test_the_form_asks_why_and_keeps_what_was_typed_until_it_is_said(
    browser: Browser, closed: Assessment, officer: User
) -> None:
    client = browser(officer)
    assert 'name="late_reason"' in client.get(address(closed)).content.decode()
    refused = client.post(address(closed), typed("77.7"))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Round 2020-Q4 is closed: say why" in page
    assert 'value="77.7"' in page
    assert not IndicatorValue.objects.exists()
    assert client.post(address(closed), typed("77.7", late_reason=WHY)).status_code == 302
    page = client.get(address(closed)).content.decode()
    assert 'name="late_reason"' not in page, "it is said once"
    assert page.count(WHY) == 2, "on top and at the value"
    assert "Entered late" in page


def test_one_field_is_saved_by_itself_with_its_reason(
    browser: Browser, closed: Assessment, officer: User
) -> None:
    client = browser(officer)
    script = {"HX-Request": "true"}
    field = f"{address(closed)}values/5/"
    refused = client.post(field, typed("90"), headers=script)
    assert refused.status_code == 422
    assert "say why" in refused.content.decode()
    saved = client.post(field, typed("90", late_reason=WHY), headers=script)
    assert saved.status_code == 200
    assert 'id="late" hx-swap-oob="true"' in saved.content.decode()


def test_the_reason_stays_typed_when_a_value_is_refused(
    browser: Browser, closed: Assessment, officer: User
) -> None:
    page = browser(officer).post(address(closed), typed("140", late_reason=WHY)).content.decode()
    assert f'value="{WHY}"' in page
    assert not LateEntry.objects.exists()


def test_it_is_sent_late_with_the_same_form(
    browser: Browser, closed: Assessment, officer: User, verifier: User
) -> None:
    data = typed("90", late_reason=WHY, send="1")
    assert browser(officer).post(address(closed), data).status_code == 302
    page = browser(verifier).get(address(closed)).content.decode()
    assert WHY in page
    assert "/verify/" in page


def test_lists_say_what_was_entered_late(
    browser: Browser, late: Assessment, officer: User, verifier: User
) -> None:
    AssessmentFactory(round=late.round)
    page = browser(officer).get(ROUND).content.decode()
    assert page.count("· entered late") == 1
    Assessment.objects.filter(pk=late.pk).update(status="submitted", submitted_by=officer)
    assert "· entered late" in browser(verifier).get(f"{ROUND}review/").content.decode()


def test_a_verifier_is_told_of_a_closed_round_with_something_sent_late(
    browser: Browser, late: Assessment, officer: User, verifier: User
) -> None:
    Assessment.objects.filter(pk=late.pk).update(status="submitted", submitted_by=officer)
    now = ReportingRound.objects.create(
        code="2021-Q1", reference_date="2021-03-31", opens_on="2021-03-01", due_on="2021-04-15"
    )
    AssessmentFactory(round=now)
    page = browser(verifier).get("/criteria/rounds/2021-Q1/").content.decode()
    assert "1 commune awaits your review" in page
    assert (
        "awaits your review"
        not in browser(officer).get("/criteria/rounds/2021-Q1/").content.decode()
    )


def test_the_grid_asks_why_and_marks_the_cell(
    browser: Browser, closed: Assessment, officer: User
) -> None:
    client, grid = browser(officer), f"{ROUND}grid/?criterion=5"
    cell = {"criterion": "5", f"s-{closed.pk}": "0:", f"v-{closed.pk}-0": "90"}
    assert 'name="late_reason"' in client.get(grid).content.decode()
    refused = client.post(grid, cell)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "say why" in page
    assert 'value="90"' in page
    answer = client.post(grid, cell, headers={"X-Grid": "1"}).json()
    assert "say why" in answer["rows"][str(closed.pk)]["cells"][0]["sentence"]
    answer = client.post(grid, cell | {"late_reason": WHY}, headers={"X-Grid": "1"}).json()
    (saved,) = answer["rows"][str(closed.pk)]["cells"]
    assert (saved["state"], saved["word"]) == ("is-late", "met, entered late")
    page = client.get(grid).content.decode()
    assert "is-late" in page
    assert 'name="late_reason"' not in page


def test_a_workbook_is_applied_late_with_a_reason(
    browser: Browser, closed: Assessment, officer: User
) -> None:
    client = browser(officer)
    book = load_workbook(BytesIO(client.get(f"{ROUND}workbook/").content))
    sheet = book[book.sheetnames[0]]
    column, row_ = _cell_of(sheet, closed.unit.code)
    sheet.cell(row_, column, 90)
    kept = BytesIO()
    book.save(kept)
    sent = client.post(
        f"{ROUND}excel/", {"workbook": SimpleUploadedFile("a.xlsx", kept.getvalue())}
    )
    preview = client.get(sent["Location"]).content.decode()
    assert 'name="late_reason"' in preview
    refused = client.post(f"{sent['Location']}apply/")
    assert refused.status_code == 409
    assert "say why" in refused.content.decode()
    client.post(f"{sent['Location']}apply/", {"late_reason": WHY})
    value = IndicatorValue.objects.get()
    assert value.late is not None
    assert value.late.reason == WHY


def _cell_of(sheet: Any, unit: str) -> tuple[int, int]:  # openpyxl ships no types of cells
    rows = list(sheet.iter_rows())
    column = next(cell.column for line in rows for cell in line if str(cell.value).startswith("5"))
    line = next(cell.row for line in rows for cell in line if str(cell.value) == unit)
    return column, line


def test_the_api_wants_a_reason_and_gives_it_back(closed: Assessment, officer: User) -> None:
    refused = push(officer, row(closed))
    assert refused.status_code == 409
    assert fates(refused) == [("refused", "late-reason-required")]
    assert push(officer, row(closed, late_reason=WHY)).status_code == 200
    value = IndicatorValue.objects.get()
    assert value.late is not None
    assert value.late.reason == WHY


def test_the_log_says_why_and_is_narrowed_to_what_was_late(
    browser: Browser, late: Assessment, officer: User
) -> None:
    client = browser(officer)
    assert WHY in client.get("/criteria/log/?late=yes").content.decode()
    assert WHY not in client.get("/criteria/log/?late=no").content.decode()
    csv = client.get("/criteria/log/csv/?late=yes").getvalue().decode()
    assert "Entered late because" in csv
    assert WHY in csv


def test_the_page_that_explains_a_value_says_it_was_late(
    browser: Browser, late: Assessment, officer: User
) -> None:
    page = browser(officer).get(f"{address(late)}values/5/why/").content.decode()
    assert page.count(WHY) == 2


def test_the_queries_of_a_late_page_do_not_grow(
    browser: Browser, late: Assessment, officer: User
) -> None:
    client = browser(officer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address(late))
        return len(asked)

    queries()
    for_one = queries()
    for _ in range(10):
        ValueFactory(assessment=late, late=LateEntryFactory(assessment=late))
    assert queries() == for_one
