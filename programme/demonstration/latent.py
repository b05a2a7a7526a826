"""How far a commune is, invented: one standing per commune, from which all its figures follow.

A *gap* is how much a commune still lacks to be recognised, in standard deviations within its
region: at or below nothing it is certified. It shrinks from round to round, so whoever is
certified stays so. A gap is made of a district's share and the commune's own, because places
near each other are alike. Every commune has a stream of chance of its own, so its figures are
the same whichever provinces are loaded with it.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from statistics import NormalDist

NORMAL = NormalDist()
# Spread of a gap: provinces, districts, communes; the squares add up to one.
OF_PROVINCE, OF_DISTRICT = 0.22, 0.74
OF_COMMUNE = math.sqrt(1 - OF_PROVINCE**2 - OF_DISTRICT**2)
ALL_CERTIFIED = 4.0  # so far ahead that no chance brings a commune back
# Share of communes certified at the end of 2019, in mid 2020 and at the end of 2020, after what
# the press reported by region; Kon Tum and the four provinces said to be complete by their own.
CERTIFIED_BY_REGION = {
    "TDMNPB": (0.26, 0.295, 0.345),
    "DBSH": (0.87, 0.90, 0.935),
    "BTB": (0.54, 0.58, 0.63),
    "DHNTB": (0.52, 0.555, 0.60),
    "TN": (0.40, 0.425, 0.46),
    "DNB": (0.62, 0.66, 0.71),
    "DBSCL": (0.455, 0.50, 0.55),
}
CERTIFIED_BY_PROVINCE = {
    "36": (1.0, 1.0, 1.0),
    "48": (1.0, 1.0, 1.0),
    "62": (0.27, 0.31, 0.36),
    "74": (1.0, 1.0, 1.0),
    "75": (1.0, 1.0, 1.0),
}
CERTIFIED_ELSEWHERE = (0.54, 0.58, 0.62)
ROUNDS = range(len(CERTIFIED_ELSEWHERE))


@dataclass(frozen=True, slots=True)
class Commune:
    """What the demonstration must know of a commune."""

    pk: int
    code: str
    name: str
    district_code: str
    province_code: str
    region_code: str


def stream(seed: int, *words: str) -> random.Random:
    """Return the stream of chance that belongs to these words, the same in every run."""
    return random.Random(":".join([str(seed), *words]))  # noqa: S311  (a figure, not a secret)


def gaps(seed: int, commune: Commune) -> tuple[float, ...]:
    """Return the gap of a commune in each round."""
    own = stream(seed, "commune", commune.code).gauss(0, OF_COMMUNE)
    district = stream(seed, "district", commune.district_code).gauss(0, OF_DISTRICT)
    province = stream(seed, "province", commune.province_code).gauss(0, OF_PROVINCE)
    if shares := CERTIFIED_BY_PROVINCE.get(commune.province_code):
        place = (own + district) / math.sqrt(1 - OF_PROVINCE**2)
    else:
        place = own + district + province
        shares = CERTIFIED_BY_REGION.get(commune.region_code, CERTIFIED_ELSEWHERE)
    return tuple(_gap(share, place) for share in shares)


def _gap(share: float, place: float) -> float:
    if share >= 1:
        return -ALL_CERTIFIED - abs(place)
    return NORMAL.inv_cdf(1 - share) - place
