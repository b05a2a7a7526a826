"""An officer's own sheet: its columns are said once, and known the next time."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from criteria.models import ColumnMapping, IndicatorValue, ValueUpload
from ntm_portal.accounts.models import User
from tests.criteria.excel.conftest import own, sent
from tests.factories import ProvinceFactory, UserFactory

pytestmark = pytest.mark.django_db
HEADINGS = ["STT", "Tên xã", "TC 5 (%)", "Ghi chú"]
SAID = {"column-1": "", "column-2": "unit", "column-3": "5", "column-4": ""}


def numbers() -> list[Decimal | None]:
    values = IndicatorValue.objects.filter(measure__code="5").order_by("assessment__unit__code")
    return list(values.values_list("number", flat=True))


def test_its_columns_are_asked_with_a_guess_then_read(hers: Client) -> None:
    address = sent(hers, own(["Báo cáo"], HEADINGS, [1, "Xã Số 1", "92,5%", "x"], [2, "so 2", 60]))
    assert address.endswith("/columns/")
    page = hers.get(address).content.decode()
    assert '<option value="unit" selected>' in page
    assert '<option value="5" selected>' in page
    answer = hers.post(address, SAID)
    assert answer.status_code == 302
    hers.cookies["language"] = "vi"
    assert ValueUpload.objects.get().faults[0][0]


def test_a_sheet_with_the_same_headings_is_known(
    hers: Client, client_of: Callable[[User], Client]
) -> None:
    rows = ["Xã Số 1", "23282"]
    first = sent(hers, own(HEADINGS, *([n, name, 60] for n, name in enumerate(rows))))
    hers.post(first, SAID)
    hers.post(f"/criteria/uploads/{ValueUpload.objects.get().pk}/apply/")
    assert numbers() == [70, 60, 60]
    assert ColumnMapping.objects.get().province_code == "62"
    assert sent(hers, own(HEADINGS, [1, "Xã Số 1", 65])).endswith(
        f"/uploads/{ValueUpload.objects.all()[0].pk}/"
    )
    colleague = client_of(UserFactory(roles={"officer": ProvinceFactory()}))
    assert not sent(colleague, own(HEADINGS, [1, "Xã Số 1", 65])).endswith("/columns/")


def test_an_empty_cell_and_a_row_of_sums_say_nothing(hers: Client) -> None:
    address = sent(hers, own(HEADINGS, [1, "Xã Số 0", None], [2, 23281, 60], ["", "Tổng cộng", 9]))
    hers.post(address, SAID)
    upload = ValueUpload.objects.get()
    assert upload.faults == []
    assert [entry[1:] for entry in upload.entries] == [["5", "60", None]]


@pytest.mark.parametrize(
    "said",
    [
        {"column-2": "", "column-3": "5"},
        {"column-2": "unit", "column-3": ""},
        {"column-2": "unit", "column-3": "5", "column-4": "5"},
        {"column-2": "unit", "column-3": "unknown"},
    ],
)
def test_a_layout_that_cannot_be_is_refused(hers: Client, said: dict[str, str]) -> None:
    address = sent(hers, own(HEADINGS, [1, "Xã Số 1", 60]))
    assert hers.post(address, said).status_code == 422
    assert not ColumnMapping.objects.exists()


def test_a_workbook_without_a_table_is_refused(hers: Client) -> None:
    answer = hers.post("/criteria/rounds/2020-Q4/excel/", {"workbook": own([1, 2, 3])})
    assert answer.status_code == 422
