"""The ledger of changes: written by every service that changes what other systems may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from communes.change_models import Change
from communes.paths import province_code_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.base_user import AbstractBaseUser

BATCH = 1000
Kind = Change.Kind


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed: its key in the API, the path of the unit it belongs to, and its round."""

    key: str | int
    path: str = ""
    round_code: str = ""


def record_changes(
    kind: str,
    changed: Iterable[Changed],
    *,
    by: AbstractBaseUser | None = None,
    is_deletion: bool = False,
) -> None:
    """Write lines of the ledger in the caller's transaction; one statement for a thousand.

    The database numbers them as the transaction commits. What has no path is for everybody.
    """
    now = timezone.now()
    rows = [
        Change(
            kind=kind,
            key=str(item.key),
            path=item.path,
            province_code=province_code_of(item.path),
            round_code=item.round_code,
            is_deletion=is_deletion,
            at=now,
            actor_id=by.pk if by else None,
        )
        for item in changed
    ]
    if rows and not transaction.get_connection().in_atomic_block:
        message = "A change is recorded in the transaction that makes it."
        raise transaction.TransactionManagementError(message)
    Change.objects.bulk_create(rows, batch_size=BATCH)
