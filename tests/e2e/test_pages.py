"""What holds for every main page: no barrier, narrow screens, little weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import contexts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, StorageState, ViewportSize

    from tests.e2e.portal import Portal

WIDE: ViewportSize = {"width": 1280, "height": 720}
NARROW: ViewportSize = {"width": 360, "height": 740}
KILOBYTES = 100  # what a page may take over the wire, scripts and styles included
HERS = "commune__path__startswith='/VN/62/'"
GONE = "AdministrativeUnit.objects.filter(level='commune', valid_to='2025-06-30'"
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
    "grid of rounds": MainPage(
        "officer", "criteria/assessments/{}/rounds/", f"[{OPEN}, status='draft')[0].pk]"
    ),
    "round": MainPage("admin", "rounds/2020-Q4/"),
    "warnings": MainPage("officer", "criteria/rounds/2020-Q4/warnings/"),
    "review list": MainPage("verifier", "criteria/rounds/2020-Q4/review/"),
    "sending": MainPage("officer", "criteria/rounds/2020-Q4/send/"),
    "log": MainPage("officer", "criteria/log/"),
    "steps": MainPage("officer", "criteria/log/?what=steps"),
    "kept values": MainPage("officer", "criteria/rescue/"),
    "password": MainPage("officer", "accounts/password/"),
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
    "group": MainPage("committee", "places/62/?group=poor&round=2020-Q4"),
    "group, where to act": MainPage("committee", "places/62/act/?group=poor&round=2020-Q4"),
    "group, criteria": MainPage("committee", "places/62/criteria/?group=poor&round=2020-Q4"),
    "group, criterion": MainPage("committee", "places/62/criteria/17/?group=poor&round=2020-Q4"),
    "group, what if": MainPage(
        "committee", "places/62/what-if/?met=17&who=all&group=poor&round=2020-Q4"
    ),
    "today's map": MainPage("committee", "places/VN/?round=2020-Q4&map=today"),
    "today's criteria": MainPage("committee", "places/VN/criteria/?round=2020-Q4&map=today"),
    "widest gaps": MainPage("committee", "places/VN/communes/?standing=gap"),
    "not updated": MainPage("committee", "places/VN/stale/?round=2023-Q4"),
    "region": MainPage("committee", "places/VN/?region=TN&round=2020-Q4"),
    "unit": MainPage("committee", "units/62/"),
    "bulletin": MainPage("committee", "places/62/bulletin/"),
    "rounds": MainPage("committee", "rounds/"),
    "published": MainPage("committee", "published/"),
    "published province": MainPage("", "published/62/"),
    "data dictionary": MainPage("", "published/data/"),
    "products": MainPage("committee", "ocop/products/"),
    "double entries": MainPage("officer", "ocop/doubles/"),
    "producers by Excel": MainPage("officer", "ocop/producers/upload/"),
    "mails": MainPage("officer", "accounts/mails/"),
    "product": MainPage("officer", "ocop/products/{}/", f"[Product.objects.filter({HERS})[0].pk]"),
    "producer form": MainPage("officer", "ocop/producers/new/"),
    "cooperative": MainPage(
        "officer", "cooperatives/{}/", f"[Cooperative.objects.filter({HERS})[0].pk]"
    ),
    "resolutions": MainPage("admin", "units/resolutions/"),
    "followed": MainPage("admin", "units/resolutions/followed/"),
    "merged": MainPage("officer", "criteria/rounds/2020-Q4/merged/"),
    "search": MainPage("committee", "units/?q=doan+ket+kon+tum"),
    "vanished unit": MainPage("committee", "units/{}/", f"[{GONE})[0].code]"),
    "resolution form": MainPage("admin", "units/resolutions/new/merge/"),
    "commune": MainPage("committee", "places/{}/", f"[{OPEN})[0].unit.code]"),
}


@dataclass(frozen=True)
class Visit:
    """A page as it was first loaded, and what all of it took over the wire, in bytes."""

    page: Page
    weight: float


@pytest.fixture(scope="module", params=PAGES)
def visit(
    request: pytest.FixtureRequest,
    portal: Portal,
    browser: Browser,
    cookies: dict[str, StorageState],
) -> Iterator[Visit]:
    """Open a page once for all that is asked of it."""
    wanted = PAGES[request.param]
    address = wanted.address.format(*portal.ask(wanted.pick)) if wanted.pick else wanted.address
    with contexts(portal, browser, cookies) as opened:
        page = opened(wanted.username, reduced_motion="reduce")
        weights = _weighed(page)
        response = page.goto(address, wait_until="networkidle")
        assert response is not None
        assert response.ok
        assert len(weights) > 3
        yield Visit(page, sum(weights))


def _weighed(page: Page) -> list[float]:
    """Return a list that fills with the bytes of each answer, none taken from a cache."""
    weights: list[float] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    return weights


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(scheme: Literal["light", "dark"], visit: Visit) -> None:
    """Light on a wide screen, dark on a narrow one."""
    visit.page.emulate_media(color_scheme=scheme)
    visit.page.set_viewport_size(WIDE if scheme == "light" else NARROW)
    found = Axe().run(visit.page)
    visit.page.set_viewport_size(WIDE)
    assert found.violations_count == 0, found.generate_report()


def test_a_narrow_screen_is_never_scrolled_sideways(visit: Visit) -> None:
    visit.page.set_viewport_size(NARROW)
    width = visit.page.evaluate("document.documentElement.scrollWidth")
    visit.page.set_viewport_size(WIDE)
    assert width <= 360


def test_without_a_script_one_heading_says_what_the_page_is(visit: Visit) -> None:
    html = visit.page.request.get(visit.page.url).text()
    assert html.count("<h1") == html.count("<main") == 1


def test_a_page_weighs_little(visit: Visit) -> None:
    assert visit.weight <= KILOBYTES * 1024


def test_in_english_it_is_whole_as_narrow_and_without_barrier(visit: Visit) -> None:
    """The last test of a page: it stays in English."""
    page = visit.page
    page.context.add_cookies([{"name": "language", "value": "en", "url": page.url}])
    page.set_viewport_size(NARROW)
    page.goto(page.url)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
