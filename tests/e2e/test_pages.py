"""What holds for every main page: no barrier, narrow screens, little weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.e2e.portal import Portal

KILOBYTES = 100  # what a page may take over the wire, scripts and styles included
HERS = "commune__path__startswith='/VN/62/'"
OPEN = "Assessment.objects.filter(round__status='open', unit__path__startswith='/VN/62/'"


@dataclass(frozen=True)
class MainPage:
    username: str
    address: str
    pick: str = ""  # what fills the gap in the address


PAGES = {
    "sign-in": MainPage("", "accounts/login/"),
    "worklist": MainPage("officer", "criteria/rounds/2020-Q4/"),
    "grid": MainPage("officer", "criteria/rounds/2020-Q4/grid/?criterion=17"),
    "excel": MainPage("officer", "criteria/rounds/2020-Q4/excel/"),
    "form": MainPage("officer", "criteria/assessments/{}/", f"[{OPEN}, status='draft')[0].pk]"),
    "review": MainPage(
        "verifier", "criteria/assessments/{}/", f"[{OPEN}, status='submitted')[0].pk]"
    ),
    "thresholds": MainPage("officer", "criteria/sets/commune-2016-2020/thresholds/?province=62"),
    "rules": MainPage("admin", "criteria/recognitions/rules/"),
    "why": MainPage(
        "officer", "criteria/assessments/{}/values/10/why/", f"[{OPEN}, status='draft')[0].pk]"
    ),
    "nation": MainPage("committee", "places/VN/"),
    "province": MainPage("committee", "places/62/"),
    "district": MainPage("committee", "places/608/"),
    "target": MainPage("committee", "places/VN/targets/2020-communes-certified/"),
    "reports": MainPage("committee", "places/62/reports/"),
    "communes": MainPage("committee", "places/62/communes/"),
    "where to act": MainPage("committee", "places/VN/act/"),
    "what if": MainPage("committee", "places/VN/what-if/?met=17&who=all&best_third=on"),
    "criteria": MainPage("committee", "places/VN/criteria/"),
    "criterion": MainPage("committee", "places/VN/criteria/17/"),
    "published": MainPage("committee", "published/"),
    "products": MainPage("committee", "ocop/products/"),
    "double entries": MainPage("officer", "ocop/doubles/"),
    "producers by Excel": MainPage("officer", "ocop/producers/upload/"),
    "mails": MainPage("officer", "accounts/mails/"),
    "product": MainPage("officer", "ocop/products/{}/", f"[Product.objects.filter({HERS})[0].pk]"),
    "producer form": MainPage("officer", "ocop/producers/new/"),
    "cooperative": MainPage(
        "officer", "cooperatives/{}/", f"[Cooperative.objects.filter({HERS})[0].pk]"
    ),
    "resolution form": MainPage("admin", "units/resolutions/new/merge/"),
    "commune": MainPage("committee", "places/{}/", f"[{OPEN})[0].unit.code]"),
}


@pytest.fixture(params=PAGES)
def main_page(
    request: pytest.FixtureRequest, open_page: Callable[..., Page], portal: Portal
) -> Callable[..., Page]:
    wanted = PAGES[request.param]
    address = wanted.address.format(*portal.ask(wanted.pick)) if wanted.pick else wanted.address

    # The options are those of Playwright's contexts, hence Any.
    def opened(**options: Any) -> Page:
        page = open_page(wanted.username, **options)
        response = page.goto(address)
        assert response is not None
        assert response.ok
        return page

    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(scheme: str, main_page: Callable[..., Page]) -> None:
    found = Axe().run(main_page(color_scheme=scheme))
    assert found.violations_count == 0, found.generate_report()


def test_a_narrow_screen_is_never_scrolled_sideways(main_page: Callable[..., Page]) -> None:
    page = main_page(viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_one_heading_says_what_the_page_is(main_page: Callable[..., Page]) -> None:
    page = main_page(java_script_enabled=False)
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1


def test_a_page_weighs_little(main_page: Callable[..., Page]) -> None:
    page = main_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    weights: list[float] = []
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    page.reload(wait_until="networkidle")
    assert len(weights) > 3
    assert sum(weights) <= KILOBYTES * 1024
