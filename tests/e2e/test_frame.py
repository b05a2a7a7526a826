"""Signing in and the language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable


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


def test_the_committee_reads_the_nation_in_both_languages(open_page: Callable[..., Page]) -> None:
    page = open_page("committee")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cả nước")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Whole country")
    expect(page).to_have_url(re.compile("/places/VN/"))


def test_a_wrong_password_is_refused_with_a_sentence(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("accounts/login/")
    page.get_by_label("Tên đăng nhập").fill("officer")
    page.get_by_label("Mật khẩu").fill("guess")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert").filter(has_text=re.compile("."))).to_be_visible()
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("officer")
