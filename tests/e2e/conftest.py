"""What the browser tests share: one portal, one browser, a fresh page for each test."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, StorageState, sync_playwright

from tests.e2e import browser as chromium
from tests.e2e import portal as real_portal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.e2e.portal import Portal

WAIT = 30_000  # milliseconds that any one step of the browser may take, on a busy machine too


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests, so that `-m "not e2e"` leaves them out."""
    for item in items:
        if item.path.is_relative_to(chromium.FOLDER):
            item.add_marker(pytest.mark.e2e)


# Both end with the last browser test: Playwright's loop would make Django refuse later queries.
@pytest.fixture(scope="package")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    folder: Path = tmp_path_factory.mktemp("portal")
    with real_portal.running(folder) as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=chromium.CHROMIUM, args=list(chromium.ARGUMENTS)
        )


@pytest.fixture(scope="package")
def cookies() -> dict[str, StorageState]:
    """Return what the browser keeps of each person who signed in: she does so only once."""
    return {}


@pytest.fixture
def open_page(
    portal: Portal, browser: Browser, cookies: dict[str, StorageState]
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page as somebody, in a browser that knows nobody else."""
    with contexts(portal, browser, cookies) as opened:
        yield opened


@contextmanager
def contexts(
    portal: Portal, browser: Browser, cookies: dict[str, StorageState]
) -> Iterator[Callable[..., Page]]:
    """Open pages as somebody, each in a browser that knows nobody else.

    In the end no script may have failed and nothing been refused by the content policy.
    """
    made = []
    faults: list[str] = []

    # The options are those of Playwright's contexts, hence Any.
    def opened(username: str = "", **options: Any) -> Page:
        kept = cookies.get(username)
        context = browser.new_context(base_url=portal.url, storage_state=kept, **options)
        context.set_default_timeout(WAIT)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", lambda message: faults.extend(_refusals(message)))
        made.append(context)
        page = context.new_page()
        if username and not kept:
            sign_in(page, username)
            cookies[username] = context.storage_state()
        return page

    yield opened
    for context in made:
        context.close()
    assert faults == []


def sign_in(page: Page, username: str) -> None:
    """Go to the form that meets a stranger, and fill it in."""
    page.goto("accounts/login/")
    fill_in_sign_in(page, username)


def fill_in_sign_in(page: Page, username: str) -> None:
    """Fill in the form on which she is."""
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(f"{username}-demo")
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def _refusals(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []
