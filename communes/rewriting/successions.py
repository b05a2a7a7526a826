"""The rows of successions, brought in line with what joins the versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communes.models import Succession

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from communes.chronicle.entries import Join

BATCH = 1_000
FIELDS = ["kind", "effective_date", "legal_ref", "note", "is_main"]


def write_successions(joins: Iterable[Join], keys: Mapping[int, int]) -> tuple[int, int, int]:
    """Write the joins of versions with these keys; return how many came, changed and went."""
    held = {(row.predecessor_id, row.successor_id): row for row in Succession.objects.all()}
    added, changed = [], []
    for join in joins:
        pair = (keys[id(join.predecessor)], keys[id(join.successor)])
        row = Succession(
            predecessor_id=pair[0],
            successor_id=pair[1],
            kind=join.kind.value,
            effective_date=join.day,
            legal_ref=join.legal_ref,
            note=join.note,
            is_main=join.is_main,
        )
        old = held.pop(pair, None)
        if old is None:
            added.append(row)
        elif any(getattr(row, name) != getattr(old, name) for name in FIELDS):
            row.pk = old.pk
            changed.append(row)
    gone = [row.pk for row in held.values()]
    for start in range(0, len(gone), BATCH):
        Succession.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    Succession.objects.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=FIELDS
    )
    Succession.objects.bulk_create(added, batch_size=BATCH)
    return len(added), len(changed), len(gone)
