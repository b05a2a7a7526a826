"""Which totals earn how many stars, and how many products of the demonstration hold them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ocop.grading import Scheme

_DATA = json.loads((Path(__file__).parent / "data" / "ocop.json").read_text(encoding="utf-8"))
BY_STARS = {int(stars): number for stars, number in _DATA["by_stars"].items()}
LACKING: str = _DATA["lacking"]
LEAST_TOTAL, BEST_TOTAL = _DATA["least_total"], _DATA["best_total"]


def totals(scheme: Scheme, stars: int) -> tuple[int, int]:
    """Return the least and the greatest total in whole points; with no stars: too few for any."""
    leasts = {band.stars: int(band.least) for band in scheme.bands if band.stars in BY_STARS}
    above = min((least for number, least in leasts.items() if number > stars), default=None)
    return leasts.get(stars, LEAST_TOTAL), BEST_TOTAL if above is None else above - 1
