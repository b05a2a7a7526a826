"""A workbook goes out, comes back filled in, is foreseen, and is saved all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from criteria.models import Assessment, IndicatorValue, Measure, ValueChange, ValueUpload
from criteria.services import save_value
from ntm_portal.accounts.models import User
from tests.criteria.excel.conftest import EXCEL, WORKBOOK, filled, given_out, sent
from tests.factories import AssessmentFactory, ProvinceFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def numbers(code: str) -> list[Decimal | None]:
    found = IndicatorValue.objects.filter(measure__code=code).order_by("assessment__unit__code")
    return list(found.values_list("number", flat=True))


def test_communes_are_rows_and_indicators_columns_with_what_stands(hers: Client) -> None:
    book = given_out(hers)
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][3:] == ["5", "8.1", "10"]
    assert rows[2] == ["23280", "Xã Số 0", "Kon Tum City", 70, None, None]
    assert [row[0] for row in rows[2:]] == ["23280", "23281", "23282"]
    levels = [[cell.value for cell in row] for row in book["Thresholds"].iter_rows()]
    assert levels[1][:5] == ["5", "Indicator 5", "at least 80", "whole country", 3]


def test_only_what_the_filters_and_the_criteria_keep_goes_out(hers: Client) -> None:
    sheet = given_out(hers, "?q=23281&criterion=10").worksheets[0]
    assert [cell.value for cell in sheet[1]][3:] == ["10"]
    assert sheet.max_row == 3


def test_what_would_change_is_shown_and_nothing_is_saved_yet(hers: Client) -> None:
    upload = filled(given_out(hers), {"D3": 85, "D4": "95%", "E3": "yes", "F5": "39.5"})
    page = hers.get(sent(hers, upload)).content.decode()
    assert "4 values change" in page
    assert "2 communes gain it" in page
    assert "“95%” is read as 95." in page
    assert numbers("5") == [70]


def test_a_yes_saves_all_of_it_by_excel_and_the_same_file_again_nothing(
    hers: Client, officer: User
) -> None:
    upload = filled(given_out(hers), {"D3": 85, "D4": 60, "E3": "no"})
    content = upload.read()
    address = sent(hers, SimpleUploadedFile("a.xlsx", content))
    answer = hers.post(f"{address}apply/", follow=True)
    assert "3 values saved from the workbook." in answer.content.decode()
    assert numbers("5") == [85, 60]
    assert numbers("8.1") == [0]
    assert set(ValueChange.objects.values_list("channel", "by")) == {("excel", officer.pk)}
    hers.post(f"{address}apply/")
    again = sent(hers, SimpleUploadedFile("a.xlsx", content))
    assert "nothing would change" in hers.get(again).content.decode()
    hers.post(f"{again}apply/")
    assert ValueChange.objects.count() == 3


def test_an_emptied_cell_takes_the_value_away(hers: Client) -> None:
    address = sent(hers, filled(given_out(hers), {"D3": None}))
    hers.post(f"{address}apply/")
    assert numbers("5") == [None]


def test_a_value_saved_meanwhile_is_a_conflict_chosen_in_its_cell(
    hers: Client, officer: User, communes: list[Assessment]
) -> None:
    upload = filled(given_out(hers), {"D3": 85, "D4": 60})
    save_value(
        communes[0].pk,
        "5",
        Decimal(75),
        seen_version=1,
        by=UserFactory(username="colleague", roles={"officer": ProvinceFactory()}),
    )
    address = sent(hers, upload)
    page = hers.get(address).content.decode()
    assert "Changed by somebody meanwhile" in page
    assert "colleague" in page
    refused = hers.post(f"{address}apply/")
    assert refused.status_code == 409
    assert numbers("5") == [75]
    name = f"choice-{communes[0].pk}-5"
    assert f'name="{name}" value="mine:2"' in page
    hers.post(f"{address}apply/", {name: "mine:2"})
    assert numbers("5") == [85, 60]


def test_theirs_may_stand_too(hers: Client, officer: User, communes: list[Assessment]) -> None:
    upload = filled(given_out(hers), {"D3": 85, "D4": 60})
    save_value(communes[0].pk, "5", Decimal(75), seen_version=1, by=officer)
    address = sent(hers, upload)
    hers.post(f"{address}apply/", {f"choice-{communes[0].pk}-5": "theirs"})
    assert numbers("5") == [75, 60]


def test_a_change_after_the_preview_is_never_written_over(
    hers: Client, officer: User, communes: list[Assessment]
) -> None:
    address = sent(hers, filled(given_out(hers), {"D3": 85}))
    hers.get(address)
    save_value(communes[0].pk, "5", Decimal(75), seen_version=1, by=officer)
    assert hers.post(f"{address}apply/").status_code == 409
    assert numbers("5") == [75]


def test_every_fault_is_listed_at_once_and_marked_in_the_file(hers: Client) -> None:
    upload = filled(
        given_out(hers), {"D3": "nhiều", "D4": 140, "E4": "maybe", "F4": "31/12/2020", "A5": "99"}
    )
    address = sent(hers, upload)
    page = hers.get(address).content.decode()
    assert "5 faults. Nothing was saved." in page
    for cell in ("D3", "D4", "E4", "F4", "A5"):
        assert f'<th scope="row">{cell}</th>' in page
    assert hers.get(f"{address}marked/").content.startswith(b"PK")
    assert hers.post(f"{address}apply/").status_code == 302
    assert numbers("5") == [70]


def test_a_commune_under_review_is_a_fault_of_its_row(
    hers: Client, communes: list[Assessment]
) -> None:
    Assessment.objects.filter(pk=communes[1].pk).update(status="submitted")
    address = sent(hers, filled(given_out(hers), {"D4": 60}))
    assert '<th scope="row">A4</th>' in hers.get(address).content.decode()


def test_two_rows_for_one_commune_are_a_fault(hers: Client) -> None:
    address = sent(hers, filled(given_out(hers), {"A4": "23280"}))
    assert "stands in row 3 too" in hers.get(address).content.decode()


@pytest.mark.parametrize("content", [b"", b"a;b\n", b"PK\x03\x04"], ids=["empty", "csv", "broken"])
def test_what_is_no_workbook_gets_its_sentence_on_the_page(hers: Client, content: bytes) -> None:
    upload = SimpleUploadedFile("x.xlsx", content)
    answer = hers.post(EXCEL, {"workbook": upload} if content else {})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not ValueUpload.objects.exists()


def test_a_workbook_of_another_round_is_refused(hers: Client) -> None:
    book = given_out(hers)
    book["_ntm"]["B2"] = "2019-Q4"
    answer = hers.post(EXCEL, {"workbook": filled(book, {})})
    assert answer.status_code == 422
    assert "2019-Q4" in answer.content.decode()


def test_nobody_else_sees_a_workbook(
    hers: Client, client_of: Callable[[User], Client], verifier: User
) -> None:
    address = sent(hers, filled(given_out(hers), {"D3": 85}))
    other = client_of(verifier)
    for end in ("", "marked/", "columns/"):
        assert other.get(address + end).status_code == 404
    assert other.post(f"{address}apply/").status_code == 404
    assert other.post(EXCEL, {}).status_code == 404
    assert numbers("5") == [70]


def test_another_province_is_neither_given_out_nor_taken(hers: Client) -> None:
    elsewhere = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh", path="/VN/42/")
    theirs = AssessmentFactory(unit=UnitFactory(code="18001", parent=elsewhere, name="Xã Bí Mật"))
    book = given_out(hers)
    assert [cell.value for cell in book.worksheets[0]["A"]][2:] == ["23280", "23281", "23282"]
    address = sent(hers, filled(book, {"A5": "18001", "D5": 60}))
    page = hers.get(address).content.decode()
    assert "No commune of this list" in page
    assert "Bí Mật" not in page
    assert not theirs.values.exists()


def test_what_has_expired_is_dropped_with_its_file(hers: Client) -> None:
    sent(hers, filled(given_out(hers), {"D3": 85}))
    old = ValueUpload.objects.get()
    ValueUpload.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    assert hers.post(f"/criteria/uploads/{old.pk}/apply/").status_code == 302
    assert numbers("5") == [70]
    sent(hers, filled(given_out(hers), {"D3": 86}))
    assert not ValueUpload.objects.filter(pk=old.pk).exists()
    assert ValueUpload.objects.get().name == "back.xlsx"


def test_more_communes_take_no_more_queries(hers: Client, communes: list[Assessment]) -> None:
    def queries(address: str) -> int:
        hers.get(address)
        with CaptureQueriesContext(connection) as captured:
            hers.get(address)
        return len(captured)

    def preview(count: int) -> str:
        cells = {f"D{row}": 50 + row for row in range(3, 3 + count)}
        return sent(hers, filled(given_out(hers), cells))

    few = queries(WORKBOOK), queries(preview(1))
    for _n in range(27):
        AssessmentFactory()
    assert (queries(WORKBOOK), queries(preview(30))) == few


def test_a_measure_of_a_selection_keeps_the_order_of_the_law(
    hers: Client, measures: list[Measure]
) -> None:
    sheet = given_out(hers).worksheets[0]
    assert [cell.value for cell in sheet[1]][3:] == [measure.code for measure in measures]
