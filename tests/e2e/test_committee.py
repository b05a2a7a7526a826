"""The committee at work: from a question to the officer who typed a value, and on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

A4 = (595, 842)  # points


def test_from_will_we_make_it_to_who_typed_a_value_in_five_clicks(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("committee")
    page.goto("places/VN/?round=2020-Q4")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Xã được công nhận")
    expect(page.locator(".target-goal").first).to_contain_text("60")
    page.get_by_role("link", name="Kon Tum").last.click()  # the table of provinces
    page.locator("#units tbody a").first.click()  # a district
    page.locator("#communes tbody a").first.click()  # a commune, with its typed values
    page.locator(".typed a[href*='/why/']").first.click()  # one value
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile("nhập", re.IGNORECASE))
    officer = page.locator("main").get_by_text(re.compile("Người nhập|đã nhập|nhập bởi"))
    expect(officer.first).to_be_visible()


def test_the_nations_page_prints_on_a4_with_nothing_cut(open_page: Callable[..., Page]) -> None:
    page = open_page("committee", viewport={"width": 1280, "height": 800})
    page.goto("places/VN/?round=2020-Q4")
    printed = page.pdf(format="A4", print_background=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert 2 <= len(boxes) <= 8
    for width, height in boxes:
        assert abs(float(width) - A4[0]) < 2
        assert abs(float(height) - A4[1]) < 2
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # 19 cm: the width of the paper
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator(".map-drawing")).to_be_visible()
