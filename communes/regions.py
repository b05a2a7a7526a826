"""The region an address names, told beside the rows of a query that is asked anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Subquery

from communes.models import Region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

TOLD = ("id", "code", "name", "name_en", "position")


def beside(code: str) -> dict[str, Subquery]:
    """Return what tells, beside the rows of any query, the region of this code."""
    asked = Region.objects.filter(code=code)
    return {f"region_{name}": Subquery(asked.values(name)[:1]) for name in TOLD}


def of(rows: Sequence[Model]) -> Region | None:
    """Return the region told beside these rows; none where none has that code."""
    told = {name: vars(rows[0])[f"region_{name}"] for name in TOLD} if rows else {}
    return Region(**told) if told.get("id") else None
