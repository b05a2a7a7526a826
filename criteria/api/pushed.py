"""What became of values that were sent, as JSON and as a status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from criteria.scoring.verdicts import NotAssessed
from criteria.services.changing import ValueConflict
from criteria.services.late import LATE_REASON_REQUIRED
from criteria.services.pushing import CHANGED, HELD, REFUSED, UNCHANGED, is_conflict
from ntm_portal.lib.tables import plain_decimal

if TYPE_CHECKING:
    from criteria.scoring.verdicts import Typed
    from criteria.services.pushing import Fate, Pushed
    from criteria.services.seen import SeenOtherwise

# JSON, hence Any here and below.
JSON = dict[str, Any]


def result_of(pushed: Pushed, *, is_trial: bool) -> JSON:
    """Return the body of the answer."""
    return {
        "status": _status(pushed, is_trial=is_trial),
        "counts": {name: pushed.count(name) for name in (CHANGED, UNCHANGED, HELD, REFUSED)},
        "rows": [_row(index, fate) for index, fate in enumerate(pushed.fates)],
        "verdicts": [
            {
                "unit": item.unit,
                "round": item.round_code,
                "criterion": item.criterion,
                "before": item.before,
                "after": item.after,
            }
            for item in pushed.verdicts
        ],
    }


def http_status(pushed: Pushed, *, is_trial: bool) -> int:
    """Return 200; 409 or 422 when nothing was written because somebody or the law forbids it."""
    refused = [fate for fate in pushed.fates if fate.status == REFUSED]
    if is_trial or pushed.is_written or not refused:
        return 200
    return 409 if all(map(_may_be_sent_again, refused)) else 422


def _may_be_sent_again(fate: Fate) -> bool:
    """Tell whether it can be saved once the sender settles a conflict, or says why it is late."""
    return is_conflict(fate) or (fate.error is not None and fate.error.code == LATE_REASON_REQUIRED)


def _status(pushed: Pushed, *, is_trial: bool) -> str:
    if is_trial:
        return "tried"
    if not pushed.count(REFUSED):
        return "saved"
    return "partly" if pushed.is_written else "refused"


def _row(index: int, fate: Fate) -> JSON:
    row: JSON = {"row": index, "status": fate.status}
    if fate.error is None:
        return row
    row |= {"code": fate.error.code, "detail": str(fate.error), "pointer": f"#/values/{index}"}
    if isinstance(fate.error, ValueConflict):
        theirs = fate.error.theirs
        row |= {
            "mine": _shown(fate.error.mine),
            "theirs": _shown(theirs.typed),
            "version": theirs.version,
        }
    return row


def apart_of(refusal: SeenOtherwise) -> list[JSON]:
    """Return both values of every row that is another than what stands."""
    return [
        {
            "row": item.row,
            "measure": item.measure,
            "mine": _shown(item.mine),
            "theirs": _shown(item.theirs),
            "version": item.version,
        }
        for item in refusal.apart
    ]


def _shown(typed: Typed) -> str | None:
    if isinstance(typed, NotAssessed):
        return "not_assessed"
    return None if typed is None else plain_decimal(typed)
