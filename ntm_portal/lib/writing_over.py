"""Many stored rows written over at once.

Django's `bulk_update` spells out a CASE for every field and row; for some hundred rows building
that statement takes longer than all the rest. An insert that meets its own key is the same work
as one plain statement, on SQLite and PostgreSQL alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

BATCH = 500


def write_over(rows: Iterable[Model], fields: Sequence[str]) -> None:
    """Write these fields of stored rows; the caller has locked them and read them whole."""
    stored = list(rows)
    if stored:
        stored[0].__class__._default_manager.bulk_create(
            stored,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=list(fields),
        )
