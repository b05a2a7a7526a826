"""One report in three forms: the same letters, the same numbers, the same bytes each time."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from programme.reports.document import Cell, Letterhead
from programme.reports.making import WRITERS
from programme.reports.writing.form import place_and_day
from programme.reports.writing.paper import pdf_of
from programme.reports.writing.sheets import xlsx_of
from programme.reports.writing.word import docx_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from programme.reports.document import Document

pytestmark = pytest.mark.django_db
LETTERS = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "ỦY BAN NHÂN DÂN TỈNH KON TUM",
    "Số: …/BC-VPĐP",
    "BÁO CÁO",
    "xã Mường Hoong",
    "Nơi nhận:",
    "CHÁNH VĂN PHÒNG",
)


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def in_pdf(content: bytes) -> str:
    return plain(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def in_docx(content: bytes) -> str:
    book = docx.Document(BytesIO(content))
    return plain(" ".join(node.text or "" for node in book.element.body.iter() if node.text))


def in_xlsx(content: bytes) -> str:
    book = load_workbook(BytesIO(content))
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return plain(" ".join(str(value) for value in cells if value is not None))


@pytest.mark.parametrize(
    ("write", "read_back"), [(pdf_of, in_pdf), (docx_of, in_docx), (xlsx_of, in_xlsx)]
)
def test_vietnamese_letters_are_right_in_every_form(
    composed: Callable[[str], Document],
    write: Callable[[Document], bytes],
    read_back: Callable[[bytes], str],
) -> None:
    document = composed("62")
    text = read_back(write(document))
    wanted = LETTERS if read_back is not in_xlsx else LETTERS[:6] + LETTERS[7:]
    assert [words for words in wanted if words not in text] == []
    assert document.digest in text


@pytest.mark.parametrize("form", WRITERS)
def test_written_twice_it_is_the_same_bytes(
    composed: Callable[[str], Document], form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = WRITERS[form](composed("VN"))
    # openpyxl and the zip format know the hour: another one must make no difference.
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2030, 3, 17, 17, 46, 40, 6, 76, 0))
    assert WRITERS[form](composed("VN")) == first


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_every_date_inside_is_that_of_the_figures(
    composed: Callable[[str], Document], form: str
) -> None:
    with ZipFile(BytesIO(WRITERS[form](composed("62")))) as archive:
        assert {item.date_time[:3] for item in archive.infolist()} == {(2020, 12, 31)}
        assert b"2020-12-31T00:00:00Z" in archive.read("docProps/core.xml")


def test_a_province_has_two_pages_even_with_thirty_districts_and_long_names(
    composed: Callable[[str], Document],
) -> None:
    document = composed("62")
    table = next(item for item in document.tables if item.on_paper)
    line = (Cell("Thành phố Phan Rang - Tháp Chàm"), *table.rows[-1][1:])
    long = replace(table, rows=(table.rows[0], *[line] * 30))
    blocks = tuple(long if block is table else block for block in document.blocks)
    many = replace(document, blocks=blocks)
    assert len(PdfReader(BytesIO(pdf_of(document))).pages) == 2
    assert len(PdfReader(BytesIO(pdf_of(many))).pages) == 2


def test_excel_counts_with_numbers_and_takes_no_text_for_a_formula(
    composed: Callable[[str], Document],
) -> None:
    document = composed("62")
    book = load_workbook(BytesIO(xlsx_of(replace(document, title="=1+1"))))
    assert book.worksheets[0]["A7"].data_type == "s" or book.worksheets[0]["A8"].data_type == "s"
    sheet = next(item for item in book if item.title == "Kết quả theo đơn vị")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_col=4)]
    assert rows[0] == ["Kon Tum", 4, 0, 0]
    assert all(isinstance(value, int | float) for row in rows for value in row[1:])


def test_a_picture_in_word_says_in_words_what_it_shows(
    composed: Callable[[str], Document],
) -> None:
    document = composed("VN")
    with ZipFile(BytesIO(docx_of(document))) as archive:
        body = archive.read("word/document.xml").decode()
    for picture in document.pictures:
        assert picture.words.split(";")[0] in body


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2021, 2, 5), "Kon Tum, ngày 05 tháng 02 năm 2021"),
        (date(2021, 3, 15), "Kon Tum, ngày 15 tháng 3 năm 2021"),
        (date(2020, 12, 31), "Kon Tum, ngày 31 tháng 12 năm 2020"),
        (None, "Kon Tum, ngày … tháng … năm 20…"),
    ],
)
def test_the_day_is_written_as_the_decree_asks(day: date | None, written: str) -> None:
    assert place_and_day("Kon Tum", day) == written


def test_who_signs_and_when_stands_in_it(composed: Callable[[str], Document]) -> None:
    document = composed("62")
    head = Letterhead("Sở thử", "Phòng thử", "12/BC-VPĐP", "Kon Tum", date(2021, 1, 8))
    signed = replace(
        document, letterhead=head, signature=replace(document.signature, name="Y Thử Nghiệm")
    )
    text = in_pdf(pdf_of(signed))
    assert "Số: 12/BC-VPĐP" in text
    assert "ngày 08 tháng 01 năm 2021" in text
    assert "Y Thử Nghiệm" in text
