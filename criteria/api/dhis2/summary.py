"""The import summary: what became of a data value set, in DHIS2's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from criteria.services.pushing import CHANGED, REFUSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from criteria.api.dhis2.reading import Sent
    from criteria.services.pushing import Fate, Pushed

JSON = dict[str, Any]  # of any JSON type
# The code of DHIS2 for each of our own, and what in the data value is wrong.
CODES = {
    "unknown-assessment": ("E7643", "period"),
    "unknown-measure": ("E7610", "dataElement"),
    "not-allowed": ("E7617", "orgUnit"),
    "late-reason-required": ("E7643", "period"),
    "round-published": ("E7643", "period"),
    "under-review": ("E7642", "orgUnit"),
    "unit-abolished": ("E7612", "orgUnit"),
    "unit-not-yet": ("E7612", "orgUnit"),
    "out-of-range": ("E7619", "value"),
    "E7610": ("E7610", "dataElement"),
    "E7611": ("E7611", "period"),
    "E7612": ("E7612", "orgUnit"),
    "E7613": ("E7613", "categoryOptionCombo"),
    "E7618": ("E7618", "dataElement"),
    "E7619": ("E7619", "value"),
    "E7620": ("E7620", "comment"),
}


def summary_of(pushed: Pushed, sent: Sequence[Sent], options: JSON) -> tuple[int, JSON]:
    """Return the HTTP status and the body: 409 when anything was refused, as DHIS2 does."""
    refused = [index for index, fate in enumerate(pushed.fates) if fate.status == REFUSED]
    said = "One or more conflicts encountered, please check import summary."
    if not refused:
        said = "Import was successful."
    status = 409 if refused else 200
    body = {
        "httpStatus": "Conflict" if refused else "OK",
        "httpStatusCode": status,
        "status": "WARNING" if refused else "OK",
        "message": said,
        "response": {
            "responseType": "ImportSummary",
            "status": "WARNING" if refused else "SUCCESS",
            "importOptions": options,
            "description": "Import process completed successfully",
            "importCount": _counts(pushed, sent, options["importStrategy"]),
            "conflicts": _conflicts(pushed.fates, sent),
            "rejectedIndexes": refused,
            "dataSetComplete": "false",
        },
    }
    return status, body


def _counts(pushed: Pushed, sent: Sequence[Sent], strategy: str) -> JSON:
    counts = {"imported": 0, "updated": 0, "ignored": 0, "deleted": 0}
    for fate, item in zip(pushed.fates, sent, strict=True):
        if fate.status != CHANGED:
            counts["ignored"] += 1
        elif item.is_deleted or strategy == "DELETE":
            counts["deleted"] += 1
        else:
            counts["updated" if fate.was_typed else "imported"] += 1
    return counts


def _conflicts(fates: Sequence[Fate], sent: Sequence[Sent]) -> list[JSON]:
    """Return each fault once, with the places of all values that have it."""
    found: dict[tuple[str, str, str], JSON] = {}
    for index, (fate, item) in enumerate(zip(fates, sent, strict=True)):
        if fate.error is None:
            continue
        code, where = CODES.get(fate.error.code, (fate.error.code, "value"))
        name = _named(item, where)
        conflict = found.setdefault(
            (code, where, name),
            {
                "object": name,
                "objects": {where: name},
                "value": str(fate.error),
                "errorCode": code,
                "property": where,
                "indexes": [],
            },
        )
        conflict["indexes"].append(index)
    return list(found.values())


def _named(item: Sent, where: str) -> str:
    """Return what the sender wrote there."""
    return {
        "dataElement": item.element,
        "period": item.period,
        "orgUnit": item.unit,
        "categoryOptionCombo": next((combo for combo in item.combos if combo), ""),
        "comment": item.comment,
    }.get(where, item.value)
