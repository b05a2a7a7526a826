"""What is printed: the page that explains a verdict takes one sheet of A4."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.e2e.portal import Portal

VERDICTS = ("met", "not_met", "missing", "undetermined", "not_applicable")
SHEET = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_explanation_of_each_verdict_is_printed_on_one_sheet(
    language: str, open_page: Callable[..., Page], portal: Portal
) -> None:
    values = "IndicatorValue.objects.filter(verdict=v).order_by('-updated_at')"
    row = "(value.assessment_id, value.measure.code)"
    asked = portal.ask(f"[x for v in {VERDICTS} for value in {values}[:1] for x in {row}]")
    page = open_page("admin")
    page.context.add_cookies([{"name": "language", "value": language, "url": portal.url}])
    for pk, code in zip(asked[::2], asked[1::2], strict=True):
        page.goto(f"criteria/assessments/{pk}/values/{code}/why/")
        assert page.locator("html").get_attribute("lang") == language
        assert len(SHEET.findall(page.pdf(format="A4"))) == 1, (pk, code)
