"""Text can be read on its ground: 4.5:1 at least, in both themes (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEXT = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text()
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", theme)) for theme in TEXT.split("@media", 1)
)
GROUNDS = ["paper", "surface", "sunken"]
WORDS = ["ink", "muted", "accent", *(name for name in LIGHT if name.startswith("verdict-"))]
PAIRS = [
    *((word, ground) for word in WORDS for ground in GROUNDS),
    *((f"on-heat-{step}", f"heat-{step}") for step in range(1, 6)),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
]
EDGES = [(edge, ground) for edge in ("field-line", "focus") for ground in GROUNDS]


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_sweep_sees_every_colour_in_both_themes() -> None:
    assert set(LIGHT) == set(DARK)
    assert len(WORDS) == 8
    assert len(PAIRS) == 31


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_a_word_can_be_read_on_its_ground(theme: dict[str, str], word: str, ground: str) -> None:
    assert contrast(theme[word], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edge_of_a_field_can_be_seen(theme: dict[str, str], edge: str, ground: str) -> None:
    assert contrast(theme[edge], theme[ground]) >= 3
