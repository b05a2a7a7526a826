"""A workbook to fill in keeps its headings, offers choices, and knows where it comes from."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from ntm_portal.lib.workbooks import (
    Column,
    Identity,
    Table,
    identity_of,
    read_workbook,
    write_workbook,
)
from tests.ntm_portal.lib.workbooks.files import workbook

COLUMNS = (
    Column(("Mã", ""), is_locked=True),
    Column(("10", "Thu nhập"), number_format="0.####", least=Decimal(0), most=Decimal(100)),
    Column(("1.1", "Có quy hoạch"), choices=("có", "không")),
)
TABLE = Table("Số liệu: 10/11", COLUMNS, [["=1+1", Decimal("39.5"), "có"], ["23284", None, None]])
STAMPED = Identity("values", {"round": "2020-Q4"}, ("10", "1.1"), {"23284": {"10": "3:39.5"}})


def test_headings_are_locked_and_stay_and_cells_are_open() -> None:
    sheet = load_workbook(BytesIO(write_workbook([TABLE]))).worksheets[0]
    assert sheet.title == "Số liệu  10 11"
    assert sheet.freeze_panes == "B3"
    assert sheet.protection.sheet
    assert not sheet.protection.sort
    assert sheet["A3"].protection.locked
    assert not sheet["B4"].protection.locked
    assert (sheet["B3"].value, sheet["B3"].number_format) == (39.5, "0.####")
    kinds = {str(rule.sqref): rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"B3:B4": "decimal", "C3:C4": "list"}


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    sheet = load_workbook(BytesIO(write_workbook([TABLE]))).worksheets[0]
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")


def test_it_knows_what_it_was_made_from() -> None:
    book = read_workbook(write_workbook([TABLE], STAMPED))
    assert identity_of(book) == Identity(
        "values",
        {"round": "2020-Q4"},
        ("10", "1.1"),
        {"23284": {"10": "3:39.5", "1.1": ""}},
    )
    assert len(book.visible) == 1


def test_somebodys_own_sheet_has_no_identity() -> None:
    assert identity_of(read_workbook(workbook(["Xã"]))) is None


def test_a_sheet_only_to_be_read_is_not_protected() -> None:
    table = Table("Ngưỡng", [Column(("Mã",), is_locked=True)], [["10"]])
    sheet = load_workbook(BytesIO(write_workbook([table]))).worksheets[0]
    assert not sheet.protection.sheet
