"""The focus groups: communes with a standing the law gives them on the round's day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from communes.models import Designation
from criteria.querysets import in_force_on

if TYPE_CHECKING:
    from datetime import date

GROUPS = {item.value: item.label for item in Designation.Kind}


def holds(group: str, day: date, unit: str) -> Exists:
    """Return the condition that the commune in the field `unit` belongs to a group on a day."""
    return Exists(
        Designation.objects.filter(in_force_on(day), unit=OuterRef(unit), kind=group).order_by()
    )
