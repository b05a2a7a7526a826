"""An officer's whole round of one district: by form, by grid, by Excel, until all is verified."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.e2e.portal import Portal

DISTRICT = "444"  # Hương Khê, where no other test types
WORKLIST = "criteria/rounds/2020-Q4/"
PEOPLE = """
from communes.models import AdministrativeUnit
from ntm_portal.accounts.models import Assignment, User
unit = AdministrativeUnit.objects.get(code={district!r})
for name, role in {people!r}.items():
    person = User.objects.create_user(name, password=name + "-demo", last_name=name)
    Assignment.objects.create(user=person, role=role, unit=unit)
"""
PERSONS = {"khe": "officer", "khe-colleague": "officer", "khe-verifier": "verifier"}
HERS = f"""[item.pk for item in Assessment.objects.filter(round__code="2020-Q4",
    status__in=["draft", "returned"], unit__path__contains="/{DISTRICT}/")
    .order_by("unit__path")]""".replace("\n", " ")
STANDING = f"""[item.status for item in Assessment.objects.filter(round__code="2020-Q4",
    unit__path__contains="/{DISTRICT}/")]""".replace("\n", " ")
LACKING = """[value for value in Assessment.objects.get(pk={pk}).criteria_set.criteria
    .filter(indicators__measures__isnull=False).values_list("indicators__measures__code", flat=True)
    if not IndicatorValue.objects.filter(assessment={pk}, measure__code=value).exists()]""".replace(
    "\n", " "
)
REASON = "Chỉ tiêu 17.1: kèm kết quả xét nghiệm nước"
INCOME = "10"


@pytest.fixture
def people(portal: Portal) -> None:
    program = PEOPLE.format(district=DISTRICT, people=PERSONS)
    portal.manage("shell", "-v0", "-c", program)


def type_in_form(page: Page, pk: str, code: str, text: str) -> None:
    page.goto(f"criteria/assessments/{pk}/")
    field = page.locator(f'[name="value-{code}"]').first
    field.fill(text)
    field.press("Tab")
    expect(page.locator("#save-line")).to_contain_text(f"{code} đã lưu")


def fill_what_is_missing(page: Page, pk: str, codes: list[str]) -> None:
    """Type, field by field, what nobody has typed yet."""
    for code in codes:
        page.goto(f"criteria/assessments/{pk}/")
        field = page.locator(f'[name="value-{code}"]').first
        if field.get_attribute("type") == "radio" or field.evaluate("f => f.tagName") == "SELECT":
            page.locator(f'[name="value-{code}"][value="1"]').first.check()
        else:
            field.fill("90")
            field.press("Tab")
        expect(page.locator("#save-line")).to_contain_text("đã lưu")


def sheet_of(content: bytes, change: Callable[[Worksheet], None]) -> bytes:
    book = load_workbook(BytesIO(content))
    change(book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cell_of(sheet: Worksheet, unit: str, code: str) -> tuple[int, int]:
    """Return the row of a unit and the column of an indicator, by the codes in the sheet."""
    rows = {str(cell): at for at, row in enumerate(sheet.values, 1) for cell in row}
    columns = {str(cell): at for row in sheet.values for at, cell in enumerate(row, 1)}
    return rows[unit], columns[code]


def test_a_round_is_done_from_the_first_value_to_the_last_verification(
    people: None, open_page: Callable[..., Page], portal: Portal, tmp_path: Path
) -> None:
    hers = portal.ask(HERS)
    assert len(hers) >= 4
    by_form, by_grid, by_excel, disputed = hers[:4]
    officer, colleague = open_page("khe"), open_page("khe-colleague")
    verifier = open_page("khe-verifier")

    # By form: what lacks a value, wherever it lacks.
    for pk in hers:
        fill_what_is_missing(officer, pk, portal.ask(LACKING.format(pk=pk)))
    type_in_form(officer, by_form, INCOME, "44,5")

    # By grid: one cell of another commune.
    officer.goto(f"{WORKLIST}grid/?criterion=10")
    cell = officer.locator(f'#grid [name^="v-{by_grid}-"]').first
    cell.fill("45,5")
    cell.press("Enter")
    expect(officer.locator("#grid-state")).to_have_text("Mọi giá trị đã được lưu.")

    # By Excel: two more, one of which a colleague changes meanwhile.
    officer.goto(WORKLIST)
    with officer.expect_download() as download:
        officer.get_by_role("link", name="Tải Excel").click()
    codes = portal.ask(
        f"[Assessment.objects.get(pk=pk).unit.code for pk in ({by_excel}, {disputed})]"
    )

    def change(sheet: Worksheet) -> None:
        for unit, number in zip(codes, (46.5, 47.5), strict=True):
            row, column = cell_of(sheet, unit, INCOME)
            sheet.cell(row, column, number)

    type_in_form(colleague, disputed, INCOME, "48,5")
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(sheet_of(download.value.path().read_bytes(), change))
    officer.goto(f"{WORKLIST}excel/")
    officer.locator("#workbook").set_input_files(filled)
    officer.get_by_role("button", name="Nộp và xem trước").click()
    dispute = officer.locator("fieldset.conflict")
    expect(dispute).to_have_count(1)
    expect(dispute).to_contain_text("48,5")
    dispute.get_by_label("47,5").check()
    officer.get_by_role("button", name="Lưu tất cả").click()
    expect(officer.get_by_role("status").first).to_contain_text("2 giá trị")

    # Sent in one act; one comes back with a reason, is mended and sent again.
    officer.get_by_role("link", name="Gửi một lần các xã đã đủ số liệu").click()
    for box in officer.locator('[name="seen"]').all():
        box.check()
    officer.get_by_role("button", name="Gửi các xã đã đánh dấu").click()
    expect(officer.get_by_role("status").first).to_contain_text(f"Đã gửi {len(hers)} xã")

    verifier.goto(f"criteria/assessments/{by_grid}/")
    verifier.locator("summary", has_text="Trả lại").click()
    verifier.get_by_role("textbox").fill(REASON)
    verifier.get_by_role("button", name=re.compile("^Trả lại xã")).click()
    officer.goto("/")
    returned = officer.get_by_role("listitem").filter(has_text=REASON)
    returned.get_by_role("link").click()
    type_in_form(officer, by_grid, INCOME, "45,4")
    officer.get_by_role("button", name=re.compile("^Gửi xã")).click()
    expect(officer.get_by_role("status").first).to_contain_text("Đã gửi")

    # Verified: what did not change in one act, the rest one by one.
    verifier.goto(f"{WORKLIST}review/")
    together = verifier.get_by_role("button", name=re.compile("^Xác minh"))
    if together.count():
        together.click()
    while True:
        verifier.goto(f"{WORKLIST}review/")
        next_ = verifier.locator("#changed tbody a")
        if not next_.count():
            break
        next_.first.click()
        verifier.get_by_role("button", name=re.compile("^Xác minh xã")).click()
        expect(verifier.get_by_role("status").first).to_contain_text("Đã xác minh")

    assert set(portal.ask(STANDING)) == {"verified"}
    officer.goto(WORKLIST)
    expect(officer.locator("main")).to_contain_text("Đã xác minh 19")
