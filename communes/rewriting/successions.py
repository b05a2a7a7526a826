"""The rows of successions, brought in line with what joins the versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communes.models import Succession

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from communes.chronicle.entries import Join

BATCH = 1_000
PAIR = ["predecessor_id", "successor_id"]
FIELDS = ["kind", "effective_date", "legal_ref", "note", "is_main"]


def write_successions(joins: Iterable[Join], keys: Mapping[int, int]) -> tuple[int, int, int]:
    """Write the joins of versions with these keys; return how many came, changed and went."""
    rows = Succession.objects.order_by()
    held = {
        (before, after): (pk, tuple(said))
        for pk, before, after, *said in rows.values_list("pk", *PAIR, *FIELDS)
    }
    added: list[Succession] = []
    changed: list[Succession] = []
    for join in joins:
        pair = (keys[id(join.predecessor)], keys[id(join.successor)])
        said = (join.kind, join.day, join.legal_ref, join.note, join.is_main)
        pk, old = held.pop(pair, (None, None))
        if said != old:
            facts = dict(zip((*PAIR, *FIELDS), (*pair, *said), strict=True))
            (added if pk is None else changed).append(Succession(pk=pk, **facts))
    gone = [pk for pk, _said in held.values()]
    for start in range(0, len(gone), BATCH):
        Succession.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    Succession.objects.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=FIELDS
    )
    Succession.objects.bulk_create(added, batch_size=BATCH)
    return len(added), len(changed), len(gone)
