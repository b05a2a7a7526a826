"""A scheme in the shape of `ocop-criteria.json`, brought into the shape of ours."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ocop.rulebooks import schemes

if TYPE_CHECKING:
    from collections.abc import Iterator

Data = dict[str, Any]  # JSON objects as they are read
LEVELS = {"central": "nation", "province": "province", "district": "district"}
SINCE = "council_from_"
GROUPS = {  # the numbers of the product groups of 2019, by ours
    "1": "food",
    "2": "drink",
    "3": "herbal",
    "4": "craft",
    "5": "craft",
    "6": "tourism",
}
CONFIDENCE = {"read": "read", "recall": "unconfirmed", "unknown": "unknown"}


def scheme_body(data: Data) -> Data:
    """Return the scheme as ours; what the file does not say is kept from the shipped one."""
    shipped = next((item for item in schemes() if item.code == data["code"]), None)
    begun, ended = date.fromisoformat(data["valid_from"]), _day(data["valid_to"])
    if ended is not None and shipped is not None and shipped.valid_to is not None:
        ended = min(ended, shipped.valid_to)  # the copy overlaps its successor by a day
    return {
        "code": data["code"],
        "name_vi": data["name_vi"],
        "legal_basis": data["legal_basis"],
        "valid_from": begun.isoformat(),
        "valid_to": ended.isoformat() if ended else None,
        "validity_months": int(data["validity_months"]),
        "bands": sorted(
            (
                {"stars": band["stars"], "least": band["min"], "confidence": band["confidence"]}
                for band in data["star_bands"]
            ),
            key=lambda band: int(band["stars"]),
        ),
        "awards": list(_awards(data["star_bands"], begun, ended)),
        "parts": [
            {
                "code": part["code"],
                "name_vi": part["name_vi"],
                "most": str(Decimal(part["max"])),
                "confidence": CONFIDENCE[part["confidence"]],
            }
            for part in data["parts"]
        ],
        "conditions": [*map(_condition, _conditions(data))],
        "transition_days": dict(shipped.transition_days) if shipped else {},
        "note": str(data.get("band_gap_note") or data.get("averaging") or ""),
        "source": "; ".join(data["source"]) if isinstance(data["source"], list) else data["source"],
    }


def _awards(bands: list[Data], begun: date, ended: date | None) -> Iterator[Data]:
    """Yield who awards the stars of each band; a band can name another council from a day on."""
    for band in bands:
        if not band["council"]:
            continue
        turns = [(begun, LEVELS[band["council"]])]
        turns += [
            (date.fromisoformat(key.removeprefix(SINCE).replace("_", "-")), LEVELS[level])
            for key, level in band.items()
            if key.startswith(SINCE)
        ]
        ends = [*(turn - timedelta(days=1) for turn, _level in turns[1:]), ended]
        for (start, level), end in zip(turns, ends, strict=True):
            yield {
                "level": level,
                "stars": [band["stars"]],
                "valid_from": start.isoformat(),
                "valid_to": end.isoformat() if end else None,
                "confidence": CONFIDENCE[band["confidence"]],
            }


def _conditions(data: Data) -> Iterator[Data]:
    """Yield the conditions that have a code: the marks of 2026 stand on the sheets themselves."""
    return (rule for rule in data.get("minimum_rules", ()) if "code" in rule)


def _condition(rule: Data) -> Data:
    tourism = ["tourism"] if "du lịch" in str(rule.get("legal", "")) else []
    return {
        "code": rule["code"],
        "stars": int(rule["stars"]),
        "text": rule.get("text_vi") or "",
        "legal_ref": rule.get("legal", ""),
        "confidence": CONFIDENCE[rule["confidence"]],
        "groups": sorted({GROUPS[group] for group in rule.get("groups", ())}),
        "not_groups": tourism,
        "source": str(rule.get("source", "")),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
