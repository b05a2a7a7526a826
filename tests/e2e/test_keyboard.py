"""An officer's commune by keyboard alone: from the sign-in to confirmed, counted key by key."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from tests.e2e.conftest import sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.portal import Portal

OFFICER = "officer2"
MOST_KEYS = 40  # beside the digits of the values themselves
MOST_SECONDS = 60
# The five that change; her worklist leads to the commune itself.
FIVE = """[value.measure.code for value in IndicatorValue.objects.filter(
    assessment={pk}, measure__kind__in=["percent", "amount"], number__gt=9)
    .select_related("measure").order_by("measure__position")[:5]]""".replace("\n", " ")


class Keyboard:
    """Presses keys and counts them; a key held with another counts as two."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += len(key.split("+"))

    def type(self, text: str) -> None:
        self.press(*text)


def test_a_commune_with_five_changes_takes_few_keys_and_no_mouse(
    open_page: Callable[..., Page], portal: Portal
) -> None:
    page = open_page()
    sign_in(page, OFFICER)
    begun = time.monotonic()
    by = Keyboard(page)
    by.press("Alt+n")
    page.wait_for_url("**/assessments/**")
    pk = page.locator("#assessment-form").get_attribute("data-pk")
    codes = portal.ask(FIVE.format(pk=pk))
    assert len(codes) == 5
    by.press("Alt+g")
    digits = 0
    for position, code in enumerate(codes):
        value = f"{21 + position}"
        by.type(code)
        by.press("Enter")
        expect(page.locator(f'[name="value-{code}"]').first).to_be_focused()
        by.type(value)
        by.press("Enter")
        digits += len(value)
        expect(page.locator(f'[id="row-{code}"]')).to_contain_text("đã lưu")
    by.press("Alt+c")
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu")
    assert time.monotonic() - begun <= MOST_SECONDS
    assert by.keys <= digits + MOST_KEYS
    for position, code in enumerate(codes):
        expect(page.locator(f'[name="value-{code}"]').first).to_have_value(f"{21 + position}")
    expect(page.locator(".is-carried")).to_have_count(0)
