"""Whatever happens while she types, every value is found again."""

from __future__ import annotations

import re
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import fill_in_sign_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.portal import Portal

OFFICER = "officer2"  # in whose province no other test types
DRAFT = """[(item.pk, *item.values.filter(measure__kind="percent", number__gt=0)
    .order_by("measure__position").values_list("measure__code", flat=True)[:2])
    for item in Assessment.objects.filter(round__status="open", status="draft",
    unit__path__startswith="/VN/42/").order_by("-pk")[:1]][0]""".replace("\n", " ")
MOVED = """
from criteria.services import {step}
from ntm_portal.accounts.models import User
admin = User.objects.get(username="admin")
{step}(ReportingRound.objects.get(code="2020-Q4").pk, reason="thử", by=admin)
"""


class Form(NamedTuple):
    """A form of her province, and the codes of two of its fields."""

    address: str
    first: str
    second: str

    def on(self, page: Page) -> Page:
        page.goto(self.address)
        return page


@pytest.fixture
def form(portal: Portal) -> Form:
    pk, first, second = portal.ask(DRAFT)
    return Form(f"criteria/assessments/{pk}/", first, second)


def box(page: Page, code: str) -> Locator:
    return page.locator(f'[name="value-{code}"]').first


def type_in(page: Page, code: str, text: str) -> None:
    box(page, code).fill(text)
    box(page, code).press("Tab")


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu", exact=True).last.click()


def press_slowly(button: Locator) -> None:
    """Press as a hand does: the field that is left by it has its answer before the mouse is up."""
    with button.page.expect_response(lambda answer: answer.status == HTTPStatus.UNAUTHORIZED):
        button.hover()
        button.page.mouse.down()
    button.page.wait_for_function("() => !document.querySelector('.htmx-request')")
    button.page.mouse.up()


def test_a_line_lost_in_mid_save_brings_the_value_once_it_is_back(
    open_page: Callable[..., Page], form: Form
) -> None:
    page = form.on(open_page(OFFICER))
    page.context.set_offline(True)
    type_in(page, form.first, "31,5")
    expect(page.locator("#save-line")).to_contain_text("mất kết nối")
    page.context.set_offline(False)
    expect(page.locator("#save-line")).to_contain_text(f"{form.first} đã lưu")
    expect(box(form.on(page), form.first)).to_have_value("31,5")


def test_a_browser_closed_without_a_line_offers_what_it_kept(
    open_page: Callable[..., Page], form: Form
) -> None:
    page = form.on(open_page(OFFICER))
    page.context.set_offline(True)
    type_in(page, form.first, "32,5")
    box(page, form.second).fill("33,5")  # and never left
    page.close()
    context = page.context
    context.set_offline(False)
    page = form.on(context.new_page())
    panel = page.locator("#unsent")
    expect(panel).to_contain_text("“32,5”")
    expect(panel).to_contain_text("“33,5”")
    panel.get_by_role("button", name="Đưa lại và lưu").click()
    expect(box(page, form.first)).to_have_value("32,5")
    expect(page.locator(f'[id="row-{form.first}"]')).to_have_class(re.compile("is-saved"))
    expect(panel).to_be_hidden()


def test_of_two_browsers_on_one_form_the_second_sees_both_values_and_chooses(
    open_page: Callable[..., Page], form: Form
) -> None:
    first, second = form.on(open_page(OFFICER)), form.on(open_page(OFFICER))
    type_in(first, form.first, "41,5")
    expect(first.locator("#save-line")).to_contain_text(f"{form.first} đã lưu")
    type_in(second, form.first, "42,5")
    choice = second.locator(".conflict")
    expect(choice).to_contain_text("41,5")
    expect(choice).to_contain_text("đã lưu lúc")
    second.reload()
    panel = second.locator("#unsent")
    expect(panel).to_contain_text("42,5")
    panel.get_by_role("button", name="Đưa lại và lưu").click()
    second.locator(".conflict").get_by_role("button", name="42,5").click()
    expect(second.locator("#save-line")).to_contain_text(f"{form.first} đã lưu")
    expect(second.locator("#unsent")).to_be_hidden()
    expect(box(form.on(first), form.first)).to_have_value("42,5")


@pytest.mark.parametrize(("has_script", "tenths"), [(True, 5), (False, 6)])
def test_a_session_that_ends_in_mid_form_gives_back_what_was_typed(
    open_page: Callable[..., Page], form: Form, has_script: bool, tenths: int
) -> None:
    page = form.on(open_page(OFFICER, java_script_enabled=has_script))
    page.context.clear_cookies(name="sessionid")
    box(page, form.first).fill(f"{tenths}1,5")
    box(page, form.second).fill(f"{tenths}2,5")
    if has_script:
        press_slowly(page.locator("#banner").get_by_role("button"))
    else:
        save(page)
    fill_in_sign_in(page, OFFICER)
    expect(box(page, form.first)).to_have_value(f"{tenths}1,5")
    expect(box(page, form.second)).to_have_value(f"{tenths}2,5")
    save(page)
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu")
    form.on(page)
    expect(box(page, form.first)).to_have_value(f"{tenths}1,5")
    expect(box(page, form.second)).to_have_value(f"{tenths}2,5")


def test_a_round_that_closes_in_mid_form_leaves_a_file_to_give_back(
    open_page: Callable[..., Page], form: Form, portal: Portal
) -> None:
    page = form.on(open_page(OFFICER))
    with closed_round(portal):
        type_in(page, form.first, "81,5")
        expect(page.locator("#save-line")).to_contain_text("đã đóng")
        expect(box(page, form.first)).to_have_value("81,5")
        form.on(page)
        expect(page.locator("#unsent")).to_contain_text("81,5")
        with page.expect_download() as download:
            page.get_by_role("button", name="Tải về thành tệp").click()
        kept = download.value.path()
    page.goto("criteria/rescue/")
    page.locator("#file").set_input_files(
        {"name": "kept.json", "mimeType": "application/json", "buffer": kept.read_bytes()}
    )
    page.get_by_role("button", name="Xem nội dung tệp").click()
    expect(page.locator("tbody")).to_contain_text("81,5")
    page.get_by_role("button", name="Lưu các ô đã đánh dấu").click()
    expect(box(form.on(page), form.first)).to_have_value("81,5")
    expect(page.locator("#unsent")).to_be_hidden()


@pytest.mark.parametrize("has_script", [True, False])
def test_another_language_keeps_what_is_typed_and_writes_it_its_own_way(
    open_page: Callable[..., Page], form: Form, has_script: bool
) -> None:
    page = form.on(open_page(OFFICER, java_script_enabled=has_script))
    page.context.route("**/values/**", lambda route: route.abort())
    box(page, form.first).fill("71,25")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(box(page, form.first)).to_have_value("71.25")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(box(page, form.first)).to_have_value("71,25")


@contextmanager
def closed_round(portal: Portal) -> Iterator[None]:
    """Close the round beside her, and open it again in the end."""
    portal.manage("shell", "-v0", "-c", MOVED.format(step="close_round"))
    try:
        yield
    finally:
        portal.manage("shell", "-v0", "-c", MOVED.format(step="reopen_round"))
