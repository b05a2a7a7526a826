"""A product is registered, scored by three assessors, certified, labelled; the nation follows."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.portal import Portal

FOLLOWS_WITHIN = 10  # seconds; usually the figure follows in less than one
COUNTED = """[sum(row) for row in Summary.objects.filter(
    unit__code="VN", basis="reported", round__status="open"
).values_list("ocop_3_stars", "ocop_4_stars", "ocop_5_stars")]""".replace("\n", " ")
PARTS = {"A": "30", "B": "20", "C": "30,5"}


def test_an_officer_certifies_a_product_and_the_nations_figure_moves(
    portal: Portal, open_page: Callable[..., Page]
) -> None:
    page = open_page("officer")
    before = _counted(portal)
    page.goto("/ocop/producers/new/")
    _fill(page, name="Cơ sở Mật ong Ngọc Linh", commune="23329", joined_on="01/03/2020")
    page.select_option("[name=kind]", "household")
    _send(page)
    page.get_by_role("link", name="Đăng ký sản phẩm").click()
    _fill(page, name="Mật ong rừng Ngọc Linh")
    _send(page)
    product = page.url
    page.get_by_role("link", name="Mở đợt đánh giá").click()
    _fill(page, filed_on="01/08/2020", evaluated_on="01/10/2020")
    page.select_option("[name=level]", "province")
    _send(page)
    evaluation = page.url
    for assessor in ("Ông A", "Bà B", "Ông C"):
        page.goto(f"{evaluation}sheets/new/")
        _fill(page, assessor=assessor, **{f"points-{part}": most for part, most in PARTS.items()})
        _send(page)
    page.goto(f"{evaluation}conclude/")
    for box in page.locator("select[name^=met-]").all():
        box.select_option("yes")
    _send(page)
    expect(page.locator("main")).to_contain_text("80,5")
    page.get_by_role("link", name="Ghi giấy chứng nhận").click()
    _fill(page, number="77/QĐ-UBND", on="15/10/2020")
    page.select_option("[name=stars]", "4")
    _send(page)
    page.goto(f"{product}?on=2020-12-31")  # the award of a day of the round's year
    expect(page.locator("h1")).to_contain_text("★★★★")
    page.goto(f"{product}label/")
    expect(page.locator(".label-preview svg")).to_be_visible()
    printed = page.request.get(f"{product}label.pdf")
    assert printed.body().startswith(b"%PDF")
    _follows(portal, before + 1)


def test_the_target_leads_down_to_the_certificate(open_page: Callable[..., Page]) -> None:
    page = open_page("committee")
    page.goto("/places/VN/")
    page.locator(".target-small a[href*='/ocop/products/']").first.click()
    expect(page).to_have_url(re.compile("state=in-force"))
    page.locator("table.register th a").first.click()
    expect(page.locator("#certificates")).to_contain_text("QĐ")


def _fill(page: Page, **typed: str) -> None:
    for name, text in typed.items():
        page.fill(f'[name="{name}"]', text)


def _send(page: Page) -> None:
    page.locator("form.paper button[type=submit]").click()
    expect(page.locator("form.paper .is-refused")).to_have_count(0)


def _counted(portal: Portal) -> int:
    return int(portal.ask(COUNTED)[0])


def _follows(portal: Portal, expected: int) -> None:
    deadline = time.monotonic() + FOLLOWS_WITHIN
    while (found := _counted(portal)) != expected and time.monotonic() < deadline:
        time.sleep(0.3)
    assert found == expected
