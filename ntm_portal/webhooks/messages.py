"""What an address is told: lines of the ledger, small, each with where to read the thing itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from communes.change_models import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ntm_portal.webhooks.models import Endpoint

AT_ONCE = 100
# Where the API shows one of a kind, by its key; of the others, the list of what belongs to a place.
_ONE = {
    "assessment": "api-assessment-detail",
    "certificate": "api-certificate-detail",
    "cooperative": "api-cooperative-detail",
    "criteria_set": "api-criteria-set-detail",
    "producer": "api-producer-detail",
    "product": "api-product-detail",
    "recognition": "api-recognition-detail",
    "round": "api-round-detail",
    "target": "api-target-detail",
    "unit": "api-unit-detail",
    "value_chain": "api-value-chain-detail",
}
_LIST = {"summary": "api-summary-list"}


@dataclass(frozen=True, slots=True)
class Message:
    """A body and the identifier under which it is sent, the same each time it is tried."""

    id: str
    body: bytes
    first: int | None = None
    last: int | None = None
    changes: int = 0


def message_of(endpoint: Endpoint, rows: Sequence[Change]) -> Message:
    """Return the message that tells these changes."""
    first, last = rows[0].seq, rows[-1].seq
    message_id = f"ntm_{endpoint.pk}_{first}_{last}"
    body = _body({"type": "changes", "changes": [_told(row) for row in rows]})
    return Message(message_id, body, first, last, len(rows))


def trial_of(endpoint: Endpoint) -> Message:
    """Return a message that tells nothing, to try whether one arrives."""
    now = timezone.now()
    return Message(f"ntm_{endpoint.pk}_test_{now:%Y%m%d%H%M%S%f}", _body({"type": "test"}))


def _told(row: Change) -> dict[str, Any]:  # a JSON object
    return {
        "seq": row.seq,
        "kind": row.kind,
        "key": row.key,
        "unit": row.path.strip("/").rpartition("/")[2],
        "path": row.path,
        "round": row.round_code,
        "is_deletion": row.is_deletion,
        "at": timezone.localtime(row.at).isoformat(),
        "href": _href(row),
    }


def _href(row: Change) -> str | None:
    if row.key and not row.is_deletion and row.kind in _ONE:
        try:
            return settings.SITE_URL + reverse(_ONE[row.kind], args=[row.key])
        except NoReverseMatch:  # a key that is no part of an address
            return None
    if row.key and row.kind in _LIST:
        query = {"unit": row.key} | ({"round": row.round_code} if row.round_code else {})
        return f"{settings.SITE_URL}{reverse(_LIST[row.kind])}?{urlencode(query)}"
    return None


def _body(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
