"""The grid as a spreadsheet: by keyboard, with a block pasted from Excel, one cell refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.portal import Portal

GRID = "criteria/rounds/2020-Q4/grid/?criterion=17"
PASTE = """text => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const options = {clipboardData, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""


def test_an_officer_types_pastes_and_undoes_without_a_mouse(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("officer")
    page.goto(GRID)
    row = page.locator("#grid tbody tr:not(:has([readonly]))").first
    first, second = row.locator("td input").nth(0), row.locator("td input").nth(1)
    before, beside = first.input_value(), second.input_value()
    first.focus()
    page.keyboard.type("61,5")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#grid-state")).to_have_text("Mọi giá trị đã được lưu.")
    expect(row.locator("td").nth(0)).to_have_class(re.compile("is-saved"))
    first.focus()
    page.keyboard.press("Control+z")
    expect(first).to_have_value(before)
    page.evaluate(PASTE, "62,5\t840\r\n")
    expect(page.locator("#grid-state")).to_contain_text("840")
    expect(row.locator("td").nth(1)).to_have_class(re.compile("is-refused"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("F2")
    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    expect(second).to_have_value("840")
    page.keyboard.type(beside)
    page.keyboard.press("Enter")
    expect(row.locator("td").nth(1)).to_have_class(re.compile("is-saved|is-carried"))
    page.reload()
    expect(first).to_have_value("62,5")
    expect(second).to_have_value(beside)


def test_a_block_goes_in_one_request_and_is_read_back_once(open_page: Callable[..., Page]) -> None:
    """What waits in the browser is counted once for the block, not once for each of its cells."""
    page = open_page("officer")
    page.goto(GRID)
    open_ = page.locator("#grid tbody td:first-of-type input:not([readonly])")
    before = open_.evaluate_all("fields => fields.map(field => field.value)")
    assert len(before) > 15
    page.evaluate("""() => {
        window.reads = 0;
        const {getItem} = Storage.prototype;
        Storage.prototype.getItem = function (key) {
            window.reads++;
            return getItem.call(this, key);
        };
    }""")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.locator("#grid tbody td:first-of-type input").first.focus()
    rows = page.locator("#grid tbody tr").count()
    page.evaluate(PASTE, "\n".join(f"{40 + at % 50},3" for at in range(rows)))
    expect(page.locator("#grid td.is-saved")).to_have_count(len(before))
    assert len(sent) == 1
    assert page.evaluate("window.reads") < 5 * len(before)
    page.locator("#grid tbody td:first-of-type input").first.focus()
    page.keyboard.press("Control+z")
    expect(page.locator("#grid-state")).to_have_text("Mọi giá trị đã được lưu.")
    page.reload()
    assert open_.evaluate_all("fields => fields.map(field => field.value)") == before


def test_enter_saves_the_grid_without_a_script(open_page: Callable[..., Page]) -> None:
    page = open_page("officer", java_script_enabled=False)
    page.goto(GRID)
    field = page.locator("#grid tbody tr:not(:has([readonly])) td input").last
    changed = "33,5" if field.input_value() != "33,5" else "34,5"
    field.fill(changed)
    field.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu 1")
    expect(field).to_have_value(changed)


def test_she_types_one_commune_round_by_round(
    open_page: Callable[..., Page], portal: Portal
) -> None:
    (pk,) = portal.ask(
        "[Assessment.objects.filter(round__status='open', status='draft',"
        " unit__path__startswith='/VN/62/').last().pk]"
    )
    page = open_page("officer")
    page.goto(f"criteria/assessments/{pk}/")
    page.get_by_role("link", name="Theo từng kỳ").click()
    field = page.locator("#grid tr:has([data-code='17.1a']) td input:not([readonly])")
    past = page.locator("#grid tr:has([data-code='17.1a']) td input[readonly]").first
    past.focus()
    page.keyboard.type("1")
    expect(past).not_to_have_value("1")
    field.focus()
    page.evaluate(PASTE, "63,5\r\n")
    expect(page.locator("#grid-state")).to_have_text("Mọi giá trị đã được lưu.")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#grid-line")).to_contain_text("17.1a")
    page.reload()
    expect(field).to_have_value("63,5")
