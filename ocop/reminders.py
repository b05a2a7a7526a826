"""Officers are reminded by mail of certificates that end in 6, 3 and 1 months."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from ntm_portal.accounts.models import Assignment
from ntm_portal.mail import links
from ntm_portal.mail.services import Draft, send
from ocop.models import Certificate, ExpiryReminder
from ocop.querysets import EXPIRING_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from ntm_portal.accounts.models import User

KIND = "ocop-expiring"
MOST_NAMED = 40  # in one mail; the list on the portal has all
LOADED = ("product__producer", "product__commune__parent")


@transaction.atomic
def remind(today: date) -> int:
    """Tell each officer once of each certificate of her area that ends in 6, 3 or 1 months.

    A certificate is told of at the nearest term it has come to. Twice a day is as once.
    """
    near: dict[int, tuple[int, Certificate]] = {}
    for months in sorted(EXPIRING_DAYS):
        due = Certificate.objects.due_reminder(today, months).select_related(*LOADED)
        for row in due.exclude(pk__in=list(near)).order_by("valid_to", "pk"):
            near[row.pk] = (months, row)
    ExpiryReminder.objects.bulk_create(
        [
            ExpiryReminder(certificate_id=pk, months=months, reminded_on=today)
            for pk, (months, _row) in near.items()
        ],
        ignore_conflicts=True,  # another process may be first
    )
    return send(KIND, _drafts(near.values(), today))


def _drafts(near: Iterable[tuple[int, Certificate]], today: date) -> Iterator[Draft]:
    """Yield what each officer is told: what lies at or below one of her areas."""
    by_path: dict[str, list[tuple[int, Certificate]]] = defaultdict(list)
    for months, row in near:
        for path in _paths_above(row.product.commune.path):
            by_path[path].append((months, row))
    hers: dict[User, dict[int, tuple[int, Certificate]]] = defaultdict(dict)
    held = Assignment.objects.filter(role=Assignment.Role.OFFICER, unit__path__in=by_path)
    for assignment in held.select_related("user", "unit"):
        told = hers[assignment.user]
        told |= {row.pk: (months, row) for months, row in by_path[assignment.unit.path]}
    for officer, found in hers.items():
        rows = sorted(found.values(), key=lambda item: (item[0], item[1].valid_to, item[1].pk))
        address = links.absolute(f"{reverse('certificate-list')}?state=expiring-6")
        about = {"rows": rows[:MOST_NAMED], "count": len(rows), "address": address}
        yield Draft(officer, today.isoformat(), about | {"more": max(len(rows) - MOST_NAMED, 0)})


def _paths_above(path: str) -> Iterator[str]:
    """Yield the path of the nation, the province … down to the path itself."""
    parts = path.strip("/").split("/")
    for number in range(1, len(parts) + 1):
        yield f"/{'/'.join(parts[:number])}/"
