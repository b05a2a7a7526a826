"""Sweeps over the templates: each compiles, and the partials show what they are given."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils import translation

ROOT = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))
PARTIALS = [name for name in NAMES if Path(name).name.startswith("_")]
PAGES = [name for name in NAMES if name not in PARTIALS and name != "base.html"]


def with_its_parts(name: str) -> set[str]:
    """Return the template and every partial it includes, at any depth."""
    parts = re.findall(r'{% include "([^"]+)"', (ROOT / name).read_text())
    return {name}.union(*(with_its_parts(part) for part in parts))


def test_the_sweep_sees_the_templates() -> None:
    assert len(PARTIALS) >= 9
    assert len(PAGES) >= 5


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", PARTIALS)
def test_a_partial_opens_with_what_it_expects(name: str) -> None:
    assert (ROOT / name).read_text().startswith("{% comment %}Expects")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_in_the_frame_and_has_one_heading(name: str) -> None:
    assert (ROOT / name).read_text().startswith('{% extends "base.html" %}')
    assert "".join((ROOT / part).read_text() for part in with_its_parts(name)).count("<h1") == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_no_inline_style_or_script(name: str) -> None:
    text = (ROOT / name).read_text()
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick=" not in text
    assert "<script>" not in text


def part(name: str, **context: object) -> str:
    with translation.override("en"):
        return " ".join(render_to_string(f"partials/_{name}.html", context).split())


def test_a_verdict_is_a_sign_and_a_word() -> None:
    assert '<span class="verdict is-not_met">' in part("verdict", verdict="not_met")
    assert "not met</span>" in part("verdict", verdict="not_met")


def test_a_verdict_said_otherwise_keeps_its_word_for_a_screen_reader() -> None:
    html = part("verdict", verdict="not_met", text="1.5 short")
    assert '<span class="visually-hidden">not met,</span> 1.5 short' in html
    assert '<span class="visually-hidden">met</span>' in part(
        "verdict", verdict="met", sign_only=True
    )


def test_the_strip_has_a_cell_for_each_criterion_however_many() -> None:
    cells = [{"verdict": "met"}, {"verdict": "missing"}] * 12
    html = part("criteria_strip", cells=cells, label="12 of 24")
    assert html.count("<i ") == 24
    assert 'role="img" aria-label="12 of 24"' in html


def test_freshness_says_what_is_still_being_added_up() -> None:
    assert "3 units being added up" in part("freshness", refreshed_at=None, pending=3)
    assert "1 unit being added up" in part("freshness", refreshed_at=None, pending=1)
    assert "being added up" not in part("freshness", refreshed_at=None, pending=0)


def test_an_empty_list_says_why_and_what_to_do() -> None:
    html = part("empty", why="Nothing yet.", todo="Add one.", href="/new/", action="Add")
    assert "Nothing yet." in html
    assert '<a class="button" href="/new/">Add</a>' in html


def test_the_widths_of_a_progress_bar_are_numbers_in_every_language() -> None:
    parts = [{"x": 0, "width": 36.5, "label": "verified", "count": 1234}]
    with translation.override("vi"):
        html = render_to_string("partials/_progress.html", {"parts": parts, "label": "x"})
    assert 'width="36.5"' in html
    assert "verified 1.234" in html
