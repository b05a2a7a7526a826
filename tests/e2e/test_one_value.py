"""The thread of the portal: one value, typed by an officer, reaches the nation's figures."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.portal import Portal

FOLLOWS_WITHIN = 10  # seconds; usually the figure follows in less than one
# A draft that stands on ten criteria, and a percentage that alone decides one of them: once that
# is not met, one commune more in the nation is below ten.
EDGE = """IndicatorValue.objects.filter(
    assessment__round__status="open",
    assessment__status="draft",
    assessment__unit__path__startswith="/VN/62/",
    assessment__outcomes__basis="reported",
    assessment__outcomes__criteria_met=10,
    assessment__outcomes__verdicts__criterion=F("measure__indicator__criterion"),
    assessment__outcomes__verdicts__verdict="met",
    measure__kind="percent",
    measure__comparator=">=",
    verdict="met",
    number__gt=0,
).values_list("assessment", "measure__code")[0]""".replace("\n", " ")
ANY = """IndicatorValue.objects.filter(
    assessment__round__status="open",
    assessment__status="draft",
    assessment__unit__path__startswith="/VN/62/",
    measure__kind="percent",
    number__gt=0,
).values_list("assessment", "measure__code").order_by("-pk")[0]""".replace("\n", " ")


class Field(NamedTuple):
    """A field of a form: the address of the form and the code of the measure."""

    address: str
    code: str

    def on(self, page: Page) -> Page:
        page.goto(self.address)
        return page

    @property
    def box(self) -> str:
        return f'[name="value-{self.code}"]'

    @property
    def row(self) -> str:
        return f'.value-row:has([name="value-{self.code}"])'


@pytest.fixture
def edge(portal: Portal) -> Field:
    return _field(portal, EDGE)


@pytest.fixture
def any_field(portal: Portal) -> Field:
    return _field(portal, ANY)


def test_the_nations_figure_follows_a_value_that_an_officer_types(
    open_page: Callable[..., Page], edge: Field
) -> None:
    committee, officer = open_page("committee"), edge.on(open_page("officer"))
    committee.goto("/")
    before = _communes_below_ten(committee)
    box = officer.locator(edge.box)
    stood = box.input_value()
    box.fill("0")
    box.press("Tab")
    expect(officer.locator(edge.row)).to_contain_text("thiếu")
    expect(officer.get_by_role("status").last).to_contain_text(f"{edge.code} đã lưu")
    _follows(committee, before + 1)
    officer.reload()
    expect(box).to_have_value("0")
    box.fill(stood)
    box.press("Tab")
    expect(officer.locator(edge.row)).to_contain_text("đạt")
    _follows(committee, before)


def test_the_same_form_saves_without_a_script(
    open_page: Callable[..., Page], any_field: Field
) -> None:
    page = any_field.on(open_page("officer", java_script_enabled=False))
    page.locator(any_field.box).fill("41,25")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu 1")
    any_field.on(page)
    expect(page.locator(any_field.box)).to_have_value("41,25")
    page.locator(any_field.box).fill("42,5")
    page.locator(any_field.box).press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu 1")


def test_a_value_that_cannot_be_is_refused_beside_its_field_and_kept(
    open_page: Callable[..., Page], any_field: Field
) -> None:
    page = any_field.on(open_page("officer"))
    box = page.locator(any_field.box)
    stood = box.input_value()
    box.fill("140")
    box.press("Tab")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_value("140")
    expect(page.locator(any_field.row)).to_have_class(re.compile("is-refused"))
    expect(any_field.on(page).locator(any_field.box)).to_have_value(stood)


def test_of_two_who_type_the_second_sees_both_values_and_chooses(
    open_page: Callable[..., Page], any_field: Field
) -> None:
    first, second = any_field.on(open_page("officer")), any_field.on(open_page("officer"))
    first.locator(any_field.box).fill("51,5")
    first.locator(any_field.box).press("Tab")
    expect(first.get_by_role("status").last).to_contain_text(f"{any_field.code} đã lưu")
    second.locator(any_field.box).fill("62,5")
    second.locator(any_field.box).press("Tab")
    choice = second.locator(any_field.row).locator(".conflict")
    expect(choice).to_contain_text("51,5")
    choice.get_by_role("button", name="62,5").click()
    expect(second.get_by_role("status").last).to_contain_text(f"{any_field.code} đã lưu")
    expect(any_field.on(first).locator(any_field.box)).to_have_value("62,5")


def _field(portal: Portal, expression: str) -> Field:
    assessment, code = portal.ask(expression)
    return Field(f"criteria/assessments/{assessment}/", code)


def _communes_below_ten(page: Page) -> int:
    gauge = page.get_by_role("listitem").filter(has_text="Xã đạt dưới 10 tiêu chí")
    return int(gauge.locator(".target-value").inner_text().replace(".", ""))


def _follows(page: Page, expected: int) -> None:
    """Read the page again until it shows the number; the worker decides how soon."""
    deadline = time.monotonic() + FOLLOWS_WITHIN
    while (shown := _communes_below_ten(page)) != expected:
        assert time.monotonic() < deadline, f"{shown} is shown, {expected} expected"
        page.reload()
