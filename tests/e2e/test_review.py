"""Two people and one commune: sent, returned with a reason, sent again, verified."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.portal import Portal

# A draft in which nothing is missing.
COMPLETE = """[Assessment.objects.filter(
    round__status="open",
    status="draft",
    unit__path__startswith="/VN/62/",
    outcomes__basis="reported",
    outcomes__measures_typed=F("outcomes__measures_total"),
).order_by("pk")[0].pk]""".replace("\n", " ")
# A draft in which something is not met, and something is.
FAILING = """[Assessment.objects.filter(
    round__status="open",
    status="draft",
    unit__path__startswith="/VN/62/",
    outcomes__basis="reported",
    outcomes__criteria_not_met__gt=0,
    outcomes__criteria_met__gt=0,
)[0].pk]""".replace("\n", " ")
NOT_MET = '[name="show"][value="not-met"]'
REASON = "Chỉ tiêu 17.1: kèm biên bản kiểm tra nguồn nước"


def test_what_is_returned_reaches_the_officer_with_its_reason(
    open_page: Callable[..., Page], portal: Portal
) -> None:
    (pk,) = portal.ask(COMPLETE)
    address = f"criteria/assessments/{pk}/"
    officer, verifier = open_page("officer"), open_page("verifier")
    _send(officer, address)

    verifier.goto(address)
    verifier.locator("summary", has_text="Trả lại").click()
    verifier.get_by_role("textbox").fill(REASON)
    verifier.get_by_role("button", name=re.compile("^Trả lại xã")).click()
    expect(verifier.get_by_role("status").first).to_contain_text("Đã trả lại")

    officer.goto("/")
    returned = officer.get_by_role("listitem").filter(has_text=REASON)
    expect(returned).to_be_visible()
    returned.get_by_role("link").click()
    expect(officer.locator("main")).to_contain_text(REASON)

    _send(officer, address)
    verifier.goto(address)
    verifier.get_by_role("button", name=re.compile("^Xác minh xã")).click()
    expect(verifier.get_by_role("status").first).to_contain_text("Đã xác minh")


def test_a_commune_is_found_and_opened_by_keyboard_alone(open_page: Callable[..., Page]) -> None:
    page = open_page("officer")
    page.goto("/")
    rows = page.locator("table tbody tr")
    assert rows.count() > 1
    _tab_to(page, 'main input[type="search"]')
    page.keyboard.type("dak ro wa")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    _tab_to(page, "table tbody a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Xã Đắk Rơ Wa")


def test_values_are_filtered_by_keyboard_alone(
    open_page: Callable[..., Page], portal: Portal
) -> None:
    (pk,) = portal.ask(FAILING)
    page = open_page("officer")
    page.goto(f"criteria/assessments/{pk}/")
    rows = page.locator(".value-row")
    every = rows.count()
    _tab_to(page, NOT_MET)
    page.keyboard.press("Enter")
    expect(page.locator(NOT_MET)).to_have_attribute("aria-pressed", "true")
    assert 0 < rows.count() < every
    expect(rows.locator(".value-verdict .is-not_met")).to_have_count(rows.count())


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until what has the focus is the element."""
    presses = 0
    while not page.evaluate("selector => document.activeElement.matches(selector)", selector):
        assert presses < 60, f"no Tab leads to {selector}"
        page.keyboard.press("Tab")
        presses += 1


def _send(officer: Page, address: str) -> None:
    officer.goto(address)
    officer.get_by_role("button", name=re.compile("^Gửi xã")).click()
    expect(officer.get_by_role("status").first).to_contain_text("Đã gửi")
