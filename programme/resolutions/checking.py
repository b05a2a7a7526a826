"""A person looked at what followed to successors: recorded once, with name and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from communes.querysets import FollowUpQuerySet
    from ntm_portal.accounts.models import User


@transaction.atomic
def check_off(rows: FollowUpQuerySet, keys: Iterable[int], *, by: User) -> int:
    """Record that she looked at these of her rows; return at how many, those once seen left out."""
    hers = rows.within(by.scope.administer).to_check().filter(pk__in=list(keys))
    seen = list(hers.select_for_update(of=("self",)).values_list("pk", flat=True))
    return rows.model.objects.filter(pk__in=seen).update(checked_at=timezone.now(), checked_by=by)
