"""Each bad file, sent through the page as an officer sends it, gets its own sentence there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from criteria.models import IndicatorValue, ValueUpload
from ntm_portal.lib.workbooks.package import MOST_BYTES
from tests.criteria.excel.conftest import EXCEL, as_upload, filled, given_out, own, sent
from tests.ntm_portal.lib.workbooks.files import with_member, workbook

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsm", with_member(workbook([1]), "xl/vbaProject.bin", b"x"), "macros"),
        ("a.xlsx", LOCKED, "password"),
        ("a.xls", OLE, "old workbook (.xls)"),
        ("a.xlsx", bytes(MOST_BYTES + 1), "too large"),
        ("a.xlsx", with_member(workbook([1]), "xl/big.xml", bytes(130 * 1024**2)), "unpack"),
    ],
    ids=["macro", "password", "xls", "too-large", "zip-bomb"],
)
def test_a_file_that_is_not_safe_is_refused_with_its_sentence(
    hers: Client, name: str, content: bytes, said: str
) -> None:
    answer = hers.post(EXCEL, {"workbook": SimpleUploadedFile(name, content)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page[page.index('is-error note" role="alert"') :].partition("</p>")[0]
    assert not ValueUpload.objects.exists()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("#DIV/0!", "#DIV/0!"),
        ("=1/0", "formula"),
        ("31/12/2020", "is a date"),
        (date(2020, 12, 31), "holds a date"),
        ("nhiều", "number"),
    ],
    ids=["error", "formula", "text-date", "date", "word"],
)
def test_a_cell_that_holds_no_number_is_a_fault_with_its_sentence(
    hers: Client, value: Any, said: str
) -> None:
    page = _page(hers, filled(given_out(hers), {"F4": value}))
    fault = page[page.index('<th scope="row">F4</th>') :].partition("</tr>")[0]
    assert said in fault
    assert not IndicatorValue.objects.exclude(measure__code="5").exists()


def test_merged_cells_are_a_fault_that_names_them(hers: Client) -> None:
    book = given_out(hers)
    book.worksheets[0]["D3"] = 60
    book.worksheets[0].merge_cells("D3:D4")
    page = _page(hers, as_upload(book))
    assert "D3:D4" in page


@pytest.mark.parametrize(("text", "number"), [("95%", "95"), ("0,95", "0,95"), ("95,5", "95,5")])
def test_a_share_is_shown_as_it_was_read_before_anything_is_saved(
    hers: Client, text: str, number: str
) -> None:
    hers.cookies["language"] = "vi"
    page = _page(hers, filled(given_out(hers), {"D4": text}))
    assert f"<b>{number}</b>" in page
    assert IndicatorValue.objects.count() == 1, "nothing is saved yet"


def test_an_own_sheet_is_read_alike(hers: Client) -> None:
    answer = hers.post(EXCEL, {"workbook": own(["Mã xã", "5"], ["23281", "#DIV/0!"])})
    assert answer.status_code == 302


def _page(client: Client, upload: SimpleUploadedFile) -> str:
    return client.get(sent(client, upload)).content.decode()
