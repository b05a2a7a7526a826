"""The drawings of a report as SVG: the map, bars by criterion, a line over the rounds.

The same shapes and points as on the pages, in colours that a printer tells apart.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from communes import shapes
from ntm_portal.templatetags.portal import number
from programme.dashboard.maps.drawing import INSETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from programme.dashboard.maps.classes import Band
    from programme.dashboard.maps.drawing import Area, Drawing
    from programme.dashboard.trend import Trend

# As in static/css/tokens.css, on white paper: from none through the lowest class to the highest.
HEAT = ("#ffffff", "#f2ead3", "#d5dcb8", "#a5c79c", "#5fa388", "#1d6b52")
INK, SOFT, ACCENT = "#1a231f", "#8a918c", "#1d6b52"
FONT = "Libertinus Serif"
_LEGEND_X, _LEGEND_Y, _LEGEND_STEP = 40, 980, 56
_WIDE, _HIGH = 1000, 300
_LINE_WIDE = 700


def map_of(drawing: Drawing) -> str:
    """Draw the provinces in their shapes, with the archipelagos in their frames and a legend."""
    parts = [*_shapes(drawing.areas), *_insets(), *_legend(drawing.bands)]
    parts.append(_text(_LEGEND_X, drawing.height - 10, shapes.ATTRIBUTION, 22, fill=SOFT))
    return _svg(drawing.width, drawing.height, parts)


def _shapes(areas: Sequence[Area]) -> Iterator[str]:
    for area in areas:
        paint = f'fill="{HEAT[area.heat]}" stroke="{INK}" stroke-width="1.2"'
        yield f'<path d="{area.path}" {paint}/>'
        for transform, path in area.far:
            yield f'<path d="{path}" transform="{transform}" {paint}/>'


def _insets() -> Iterator[str]:
    for inset in INSETS:
        yield (
            f'<rect x="{inset.x}" y="{inset.y}" width="{inset.width}" height="{inset.height}" '
            f'fill="none" stroke="{SOFT}"/>'
        )
        yield _text(inset.middle, inset.name_y, inset.name, 30, anchor="middle")


def _legend(bands: Sequence[Band]) -> Iterator[str]:
    for at, band in enumerate(reversed(bands)):
        y = _LEGEND_Y + at * _LEGEND_STEP
        yield (
            f'<rect x="{_LEGEND_X}" y="{y}" width="60" height="38" fill="{HEAT[band.heat]}" '
            f'stroke="{INK}"/>'
        )
        words = {"range": _range(band), "count": number(band.count)}
        yield _text(_LEGEND_X + 76, y + 29, _("%(range)s: %(count)s") % words, 30)


def _range(band: Band) -> str:
    low, high = number(band.low), number(band.high)
    if band.low is None:
        return _("below %(high)s%%") % {"high": high}
    if band.high is None:
        return _("from %(low)s%%") % {"low": low}
    return _("%(low)s to below %(high)s%%") % {"low": low, "high": high}


def bars(counts: Sequence[tuple[str, int]]) -> str:
    """Draw a column for each criterion, its count above it."""
    most = max((value for _code, value in counts), default=0) or 1
    step = _WIDE / max(len(counts), 1)
    foot, room = _HIGH - 34, _HIGH - 74
    parts = [f'<line x1="0" x2="{_WIDE}" y1="{foot}" y2="{foot}" stroke="{INK}"/>']
    for at, (code, value) in enumerate(counts):
        high = round(room * value / most)
        middle = round(step * (at + 0.5))
        parts.append(
            f'<rect x="{round(middle - step * 0.36)}" y="{foot - high}" '
            f'width="{round(step * 0.72)}" height="{high}" fill="{HEAT[4]}"/>'
        )
        parts.append(_text(middle, foot - high - 8, number(value), 19, anchor="middle"))
        parts.append(_text(middle, _HIGH - 8, code, 22, anchor="middle"))
    return _svg(_WIDE, _HIGH, parts)


def line(trend: Trend) -> str:
    """Draw a figure over the rounds, the target dashed, the forecast dotted."""
    scale = _LINE_WIDE / 100
    parts = [
        f'<line x1="0" x2="{_LINE_WIDE}" y1="{trend.bottom}" y2="{trend.bottom}" stroke="{SOFT}"/>',
        _text(0, trend.floor_y, number(trend.floor), 16, fill=SOFT),
    ]
    if trend.goal is not None:
        y = trend.goal_y
        parts.append(
            f'<line x1="0" x2="{_LINE_WIDE}" y1="{y}" y2="{y}" stroke="{INK}" '
            'stroke-dasharray="10 7"/>'
        )
        words = _("target %(goal)s") % {"goal": number(trend.goal)}
        parts.append(_text(0, trend.goal_label_y, words, 17))
    ends = [(point.x * scale, point.y) for point in trend.points]
    drawn = " ".join(f"{x:g},{y}" for x, y in ends)
    parts.append(f'<polyline points="{drawn}" fill="none" stroke="{ACCENT}" stroke-width="3"/>')
    if (ahead := trend.forecast) is not None:
        (x, y), far = ends[-1], ahead.x * scale
        parts.append(
            f'<line x1="{x:g}" y1="{y}" x2="{far:g}" y2="{ahead.y}" stroke="{ACCENT}" '
            'stroke-width="2.5" stroke-dasharray="2 6"/>'
        )
        words = _("forecast %(value)s") % {"value": number(ahead.reading.value, trend.places)}
        parts.append(_text(_LINE_WIDE, ahead.label_y, words, 17, anchor="end"))
    for point, (x, y) in zip(trend.points, ends, strict=True):
        parts.append(f'<circle cx="{x:g}" cy="{y}" r="5" fill="{ACCENT}"/>')
        if point.is_labelled:
            value = number(point.reading.value, trend.places)
            parts.append(_text(x, point.label_y, value, 17, anchor="middle"))
            parts.append(_text(x, trend.name_y, point.reading.code, 17, anchor="middle"))
    return _svg(_LINE_WIDE, trend.height, parts)


def _text(
    x: float, y: float, words: str, size: int, *, anchor: str = "start", fill: str = INK
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{FONT}" font-size="{size}" '
        f'text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'
    )


def _svg(width: int, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">{"".join(parts)}</svg>'
    )
