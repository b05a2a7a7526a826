"""Many cooperatives by workbook: all or none, and every fault named by its cell."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from cooperatives.models import Cooperative
from tests.factories import UnitFactory
from tests.ocop.rows import officer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
GOOD = ("HTX Một", "", "trồng trọt", "", "Luật Hợp tác xã 2012", date(2016, 5, 1), "", 20, 8, 500)


@pytest.fixture
def hers(client_of: Callable[[User], Client]) -> Client:
    return client_of(officer())


def send(client: Client, *rows: tuple[Any, ...], **typed: str) -> Any:  # a test's response
    book = load_workbook(BytesIO(client.get("/cooperatives/template.xlsx").content))
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            book.worksheets[0].cell(number, column, value)
    filled = BytesIO()
    book.save(filled)
    book.close()
    upload = SimpleUploadedFile("a.xlsx", filled.getvalue())
    return client.post("/cooperatives/upload/", {**typed, "workbook": upload})


def row_of(commune: str, **changed: Any) -> tuple[Any, ...]:
    row = list(GOOD)
    row[3] = commune
    for column, value in changed.items():
        row[int(column.removeprefix("c")) - 1] = value
    return tuple(row)


def test_all_rows_are_entered_with_their_histories(hers: Client) -> None:
    code = UnitFactory().code
    answer = send(hers, row_of(code), row_of(code, c1="HTX Hai", c6="31/12/2017"))
    assert answer.status_code == 302
    rows = Cooperative.objects.order_by("pk")
    assert [(row.name, row.registered_on, row.sector, row.steps.count()) for row in rows] == [
        ("HTX Một", date(2016, 5, 1), "crops", 1),
        ("HTX Hai", date(2017, 12, 31), "crops", 1),
    ]


def test_one_fault_keeps_all_out_and_every_fault_is_named(hers: Client) -> None:
    code = UnitFactory().code
    answer = send(
        hers,
        row_of(code),
        row_of("nowhere"),
        row_of(code, c1="HTX Ba", c7="123"),
        row_of(code, c1="HTX Tư", c8="mười"),
        row_of(code, c1="HTX Năm", c3="bán lẻ"),
        row_of(code, c1="HTX Sáu", c10=-5),
        row_of(code, c1="htx mot"),
    )
    assert answer.status_code == 422
    said = answer.content.decode()
    for row, column in ((3, "D"), (4, "G"), (5, "H"), (6, "C"), (7, "J"), (8, "A")):
        assert f"dòng {row}, cột {column}" in said
    assert not Cooperative.objects.exists()


def test_the_file_comes_back_marked_when_asked(hers: Client) -> None:
    answer = send(hers, row_of("nowhere"), give_back="on")
    book = load_workbook(BytesIO(answer.content))
    assert book.worksheets[0].cell(2, 2).value == "D2"
    book.close()


def test_an_empty_workbook_is_refused(hers: Client) -> None:
    assert send(hers).status_code == 422
