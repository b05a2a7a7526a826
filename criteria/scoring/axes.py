"""For whom a threshold is, as one short text that stays the same for programs to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.scoring.thresholds import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from criteria.scoring.thresholds import Rule


def axes_text(rule: Rule) -> str:
    """Return "national", "region:TN", "province:62+group:3", "region:DBSH+years:2022" …"""
    named = {
        "designation": rule.designation,
        "province": rule.province_code,
        "group": rule.commune_group,
        "region": rule.region_code,
        "years": _years(rule),
    }
    return "+".join(f"{axis}:{code}" for axis, code in named.items() if code) or "national"


def _years(rule: Rule) -> str:
    if not rule.names_years:
        return ""
    if rule.from_year == rule.to_year:
        return str(rule.from_year)
    first = "" if rule.from_year == FIRST_YEAR else str(rule.from_year)
    last = "" if rule.to_year == LAST_YEAR else str(rule.to_year)
    return f"{first}-{last}"
