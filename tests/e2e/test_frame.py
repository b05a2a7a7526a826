"""Signing in, the language, and what holds for every main page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

MAIN_PAGES = {
    "sign-in": ("", "accounts/login/"),
}


@pytest.fixture(params=MAIN_PAGES)
def main_page(
    request: pytest.FixtureRequest, open_page: Callable[..., Page]
) -> Callable[..., Page]:
    username, address = MAIN_PAGES[request.param]

    def opened(**options: object) -> Page:
        page = open_page(username, **options)
        page.goto(address)
        return page

    return opened


def test_a_main_page_has_no_barrier_that_axe_can_find(main_page: Callable[..., Page]) -> None:
    for scheme in ("light", "dark"):
        found = Axe().run(main_page(color_scheme=scheme))
        assert found.violations_count == 0, found.generate_report()


def test_a_main_page_fits_a_narrow_screen(main_page: Callable[..., Page]) -> None:
    page = main_page(viewport={"width": 360, "height": 740})
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360


def test_the_language_is_switched_and_kept(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("accounts/login/")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def test_a_wrong_password_is_refused_with_a_sentence(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("accounts/login/")
    page.get_by_label("Tên đăng nhập").fill("officer")
    page.get_by_label("Mật khẩu").fill("guess")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert").filter(has_text=re.compile("."))).to_be_visible()
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("officer")
