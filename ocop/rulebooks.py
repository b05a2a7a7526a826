"""The OCOP schemes as shipped in `ocop/data/schemes.json`, and those loaded beside them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ocop.grading import Award, Band, Condition, PartRule, Scheme
from ocop.models import LoadedScheme

SCHEMES = Path(__file__).parent / "data" / "schemes.json"
NOTICE_DAYS = 30  # before a certificate ends, its holder is told in writing
Data = dict[str, Any]  # JSON objects as they are read


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return the schemes that are shipped, oldest first."""
    return tuple(scheme_of(item) for item in json.loads(SCHEMES.read_text(encoding="utf-8")))


@cache
def awarded_stars() -> tuple[int, ...]:
    """Return for how many stars certificates are given, by any scheme shipped; the fewest first."""
    awards = (award for scheme in schemes() for award in scheme.awards)
    return tuple(sorted({number for award in awards for number in award.stars}))


def star_choices() -> list[tuple[int, str]]:
    """Return the stars to choose from, each as a number and as it is drawn."""
    return [(number, "★" * number) for number in awarded_stars()]


def known_schemes() -> tuple[Scheme, ...]:
    """Return the shipped schemes, with what was loaded in the place of those of the same code."""
    known = {scheme.code: scheme for scheme in schemes()}
    loaded = (scheme_of(row.body) for row in LoadedScheme.objects.all())
    known |= {scheme.code: scheme for scheme in loaded}
    return tuple(sorted(known.values(), key=lambda scheme: scheme.valid_from))


def scheme_coded(code: str) -> Scheme | None:
    """Return the scheme of this code."""
    return next((scheme for scheme in known_schemes() if scheme.code == code), None)


def scheme_of(data: Data) -> Scheme:
    """Return the scheme that a JSON object of ours describes."""
    return Scheme(
        code=data["code"],
        name=data.get("name_vi", ""),
        legal_basis=tuple(data.get("legal_basis", ())),
        **_days(data),
        validity_months=data["validity_months"],
        bands=tuple(Band(item["stars"], Decimal(item["least"])) for item in data["bands"]),
        awards=tuple(
            Award(item["level"], frozenset(item["stars"]), **_days(item)) for item in data["awards"]
        ),
        parts=tuple(
            PartRule(item["code"], item["name_vi"], Decimal(item["most"]))
            for item in data.get("parts", ())
        ),
        conditions=tuple(_condition(item) for item in data.get("conditions", ())),
        transition_days=data.get("transition_days", {}),
        note=data.get("note", ""),
        source=data.get("source", ""),
    )


def _condition(data: Data) -> Condition:
    return Condition(
        code=data["code"],
        stars=data["stars"],
        text=data["text"],
        legal_ref=data.get("legal_ref", ""),
        confidence=data["confidence"],
        groups=frozenset(data.get("groups", ())),
        not_groups=frozenset(data.get("not_groups", ())),
    )


def _days(data: Data) -> dict[str, Any]:
    end = data["valid_to"]
    return {
        "valid_from": date.fromisoformat(data["valid_from"]),
        "valid_to": date.fromisoformat(end) if end else None,
    }
