"""The page on which the API is tried: from this host alone, within the strict content policy.

What is asked of every main page holds here too, but for its weight: Swagger UI is one bundle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.e2e.portal import Portal

ADDRESS = "api-explorer/"
DESCRIBED = yaml.safe_load((settings.BASE_DIR / "docs" / "openapi.yaml").read_text())["paths"]
KILOBYTES = 700  # over the wire, once: its address changes with its content


@pytest.fixture
def explorer(open_page: Callable[..., Page]) -> Page:
    """Open the page as a member of the committee; nothing may be refused or fail on it."""
    page = open_page("committee", reduced_motion="reduce")
    page.goto(ADDRESS)
    expect(page.locator(".opblock").first).to_be_visible()
    return page


def tried(page: Page, operation: str) -> Locator:
    """Send the request of an operation as it stands; return the answer's status."""
    block = page.locator(f"#operations-{operation}")
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    block.get_by_role("button", name="Execute").click()
    answer = block.locator(".live-responses-table")
    expect(answer).to_be_visible()
    return answer.locator("tbody .response-col_status")


def test_it_lists_every_operation_with_what_it_is_for(explorer: Page) -> None:
    assert explorer.locator(".opblock").count() == sum(map(len, DESCRIBED.values())) >= 49
    words = explorer.locator(".opblock-summary-description").all_inner_texts()
    assert len(words) == explorer.locator(".opblock").count()
    assert all(words)


def test_a_read_is_tried_as_whoever_is_signed_in(explorer: Page) -> None:
    expect(tried(explorer, "targets-targets_list")).to_have_text("200")
    answer = explorer.locator(".live-responses-table .highlight-code").first
    expect(answer).to_contain_text("2020-communes-certified")


def test_a_write_is_tried_with_proof_of_where_it_comes_from(explorer: Page) -> None:
    expect(tried(explorer, "values-values_create")).not_to_have_text("403")


def test_it_asks_no_other_host_and_weighs_what_was_decided(
    portal: Portal, open_page: Callable[..., Page]
) -> None:
    page = open_page("committee")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    weights: list[float] = []
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    page.goto(ADDRESS)
    tried(page, "targets-targets_list")
    page.wait_for_load_state("networkidle")
    assert len(asked) > 8
    assert [url for url in asked if not url.startswith((portal.url, "data:"))] == []
    assert sum(weights) <= KILOBYTES * 1024


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(scheme: Literal["light", "dark"], explorer: Page) -> None:
    explorer.emulate_media(color_scheme=scheme)
    tried(explorer, "targets-targets_list")
    found = Axe().run(explorer)
    assert found.violations_count == 0, found.generate_report()


def test_a_narrow_screen_is_never_scrolled_sideways(explorer: Page) -> None:
    tried(explorer, "targets-targets_list")
    explorer.set_viewport_size({"width": 360, "height": 740})
    assert explorer.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_a_script_it_leads_to_the_description(open_page: Callable[..., Page]) -> None:
    page = open_page("committee", java_script_enabled=False)
    page.goto(ADDRESS)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tra cứu và thử API")
    address = page.get_by_role("link", name="Tải tệp mô tả (OpenAPI)").get_attribute("href")
    assert "openapi: 3.1.0" in page.request.get(str(address)).text()
