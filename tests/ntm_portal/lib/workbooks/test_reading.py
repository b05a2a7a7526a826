"""Files that are no safe workbook get their sentence; the others give all they hold."""

from __future__ import annotations

import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from ntm_portal.lib.workbooks import (
    Fault,
    WorkbookRefused,
    content_of,
    mark,
    read_workbook,
)
from ntm_portal.lib.workbooks.package import MOST_BYTES
from tests.ntm_portal.lib.workbooks.files import (
    archive,
    lying_about,
    with_member,
    workbook,
    written,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'
FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    b"</sheetData></worksheet>"
)


def test_it_gives_every_value_with_its_place_and_sheet() -> None:
    book = read_workbook(workbook(["Xã", 1, 2.5], [None, True, datetime.date(2020, 12, 31)]))
    sheet = book.sheets[0]
    assert [sheet.cell(1, column).value for column in (1, 2, 3)] == ["Xã", 1, 2.5]
    assert (sheet.cell(2, 2).value, sheet.cell(2, 3).value) == (True, datetime.date(2020, 12, 31))
    assert sheet.cell(2, 1).is_empty
    assert sheet.cell(99, 99).is_empty
    assert sheet.text(1, 2) == "1"


def test_what_a_fast_reader_passes_over_is_seen() -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["C1"] = "=1+1", "#REF!", 0.95
    sheet["B1"].data_type = "e"
    sheet["C1"].number_format = "0.0%"
    sheet["D1"], sheet["D1"].number_format = 1, '0.0" %"'
    sheet.merge_cells("A2:B3")
    read = read_workbook(written(made)).sheets[0]
    assert read.cell(1, 1).is_not_computed
    assert read.cell(1, 2).error == "#REF!"
    assert read.cell(1, 3).is_percentage
    assert not read.cell(1, 4).is_percentage
    assert read.cell(3, 2).merged_into == "A2:B3"
    assert read.cell(3, 3).merged_into == ""


def test_hidden_sheets_are_told_apart() -> None:
    made = Workbook()
    made.create_sheet("Ẩn").sheet_state = "hidden"
    book = read_workbook(written(made))
    assert [sheet.name for sheet in book.visible] == ["Sheet"]
    assert [sheet.name for sheet in book.sheets] == ["Sheet", "Ẩn"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"xa;so\n1;2\n", "not-a-workbook"),
        (OLE, "old-format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 broken", "damaged"),
        (archive(mimetype=b"ods", **{"content.xml": b"<x/>"}), "other-format"),
        (archive(**{"word/document.xml": b"<x/>"}), "not-a-workbook"),
        (archive(**{"xl/workbook.bin": b"x"}), "old-format"),
        (with_member(workbook([1]), "xl/vbaProject.bin", b"x"), "macros"),
        (with_member(workbook([1]), "xl/big.xml", bytes(130 * 1024**2)), "bomb"),
        (with_member(workbook([1]), "xl/tight.xml", bytes(3 * 1024**2)), "bomb"),
        (with_member(workbook([1]), SHEET, DOCTYPE), "damaged"),
        (with_member(workbook([1]), SHEET, FAR), "too-wide"),
        (with_member(workbook([1]), "xl/workbook.xml", b"<broken"), "damaged"),
        (lying_about(with_member(workbook([1]), SHEET, FAR), SHEET, 12), "damaged"),
        (b"PK\x03\x04" + bytes(MOST_BYTES), "too-large"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_is_no_safe_workbook_is_refused_with_its_own_sentence(
    content: bytes, code: str
) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(content)
    assert refused.value.code == code
    assert str(refused.value)


def test_no_more_of_an_upload_is_read_than_is_taken() -> None:
    with pytest.raises(WorkbookRefused) as refused:
        content_of(SimpleUploadedFile("big.xlsx", bytes(MOST_BYTES + 1)))
    assert refused.value.code == "too-large"
    assert content_of(SimpleUploadedFile("small.xlsx", b"abc")) == b"abc"


def test_cells_without_an_end_take_no_longer_than_their_length() -> None:
    content = with_member(workbook([1]), SHEET, b"<sheetData>" + b'<c r="A1">x' * 200_000)
    with pytest.raises(WorkbookRefused):
        read_workbook(content)


def test_the_same_workbook_comes_back_marked_and_with_a_list() -> None:
    content = workbook(["Xã", "10"], ["Đoàn Kết", "nhiều"], title="Dữ liệu")
    faults = [
        Fault("Không phải số.", "Dữ liệu", 2, 2),
        Fault("=cmd()", "Dữ liệu", 2),
        Fault("Đọc là 95.", "Dữ liệu", 1, 1, is_notice=True),
        Fault("Thiếu trang tính.", "Không có"),
    ]
    marked = load_workbook(BytesIO(mark(content, faults)))
    cell = marked["Dữ liệu"]["B2"]
    assert cell.value == "nhiều"
    assert cell.fill.fgColor.rgb.endswith("F9C9B6")
    assert cell.comment is not None
    assert cell.comment.text == "Không phải số."
    listed = [[item.value for item in row] for row in marked.worksheets[0].iter_rows()]
    assert [line[:2] for line in listed[1:]] == [
        ["Dữ liệu", "B2"],
        ["Dữ liệu", "2"],
        ["Dữ liệu", "A1"],
        ["Không có", None],
    ]
    assert marked.worksheets[0]["C3"].data_type == "s"
    again = mark(mark(content, faults), faults)
    assert len(load_workbook(BytesIO(again)).sheetnames) == 2
