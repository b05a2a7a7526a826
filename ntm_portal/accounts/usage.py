"""How much a token asks: counted in the cache, written down every few minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from ntm_portal.accounts.resources import NEVER_NARROWED, resources
from ntm_portal.accounts.token_models import ApiToken, ApiTokenDay

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_KEPT_SECONDS = 3 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class _Count:
    """What is counted: calls of one token for one resource on one day, by how they ended."""

    token: int
    digest: str
    day: date
    resource: str
    is_refused: bool

    @property
    def key(self) -> str:
        """Return where the cache keeps it."""
        return f"usage:{self.digest}:{self.day}:{self.resource}:{int(self.is_refused)}"


def count(token: ApiToken, resource: str, *, is_refused: bool) -> None:
    """Count a call that the token made."""
    add_one(
        _Count(token.pk, token.digest, timezone.localdate(), resource, is_refused).key,
        _KEPT_SECONDS,
    )


@transaction.atomic
def write_down(tokens: Collection[int]) -> None:
    """Add to the days of these tokens what was counted since the last time."""
    held = ApiToken.objects.select_for_update(of=("self",)).filter(pk__in=tokens).order_by("pk")
    counted = _taken(held.values_list("pk", "digest"))
    if not counted:
        return
    days = {count.day for count in counted}
    found = ApiTokenDay.objects.filter(token__in=tokens, day__in=days)
    rows = {(row.token_id, row.day, row.resource): row for row in found}
    for each, number in counted.items():
        place = (each.token, each.day, each.resource)
        row = rows.setdefault(
            place, ApiTokenDay(token_id=each.token, day=each.day, resource=each.resource)
        )
        row.requests += number
        row.refused += number if each.is_refused else 0
    ApiTokenDay.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["token", "day", "resource"],
        update_fields=["requests", "refused"],
    )


def add_one(key: str, seconds: int) -> int:
    """Count one up and return the count; one that another process makes meanwhile may be lost."""
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it ended in between
        return 1


def _taken(tokens: Iterable[tuple[int, str]]) -> dict[_Count, int]:
    """Return what the cache has counted, and take it from there."""
    today = timezone.localdate()
    counts = {
        count.key: count
        for token, digest in tokens
        for day in (today - timedelta(days=1), today)
        for resource in ("", *NEVER_NARROWED, *resources())
        for is_refused in (False, True)
        for count in (_Count(token, digest, day, resource, is_refused),)
    }
    found = {key: int(number) for key, number in cache.get_many(counts).items() if number}
    for key, number in found.items():
        cache.decr(key, number)
    return {counts[key]: number for key, number in found.items()}
