"""What every step begins and ends with: the cooperative held, the step recorded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from communes.changes import Changed, record_changes
from communes.changes import Kind as ChangeKind
from cooperatives import policies
from cooperatives.models import Cooperative, CooperativeStep
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User

Kind = CooperativeStep.Kind
ALL_ROUNDS = date.min  # what is joined or moved may change any round that still moves


def hold(pk: int, *, by: User) -> Cooperative:
    """Return the cooperative, held until the transaction ends, if she may change it."""
    rows = Cooperative.objects.select_for_update(of=("self",)).select_related("commune")
    row = rows.get(pk=pk)
    require_right(row.commune.path, by=by)
    if row.duplicate_of_id:
        sentence = _("This is a double entry; change the one that was kept.")
        raise DomainError(sentence, code="duplicate")
    return row


def require_right(path: str, *, by: User) -> None:
    """Refuse whoever may not keep the register at this place."""
    if not policies.may_register(by.scope, path):
        sentence = _("You may not keep the register of this place.")
        raise DomainError(sentence, code="not-allowed")


def record(
    row: Cooperative,
    kind: CooperativeStep.Kind,
    *,
    by: User,
    changes: dict[str, list[str]] | None = None,
    on: date | None = None,
    document: str = "",
    reason: str = "",
    year: int | None = None,
) -> None:
    """Add the step to the history of the cooperative, and a line to the ledger."""
    CooperativeStep.objects.create(
        cooperative=row,
        kind=kind,
        by=by,
        changes=changes or {},
        effective_on=on,
        document=document.strip(),
        reason=reason.strip(),
        year=year,
    )
    told = ChangeKind.COOPERATIVE if year is None else ChangeKind.YEARLY_RETURN
    key = row.pk if year is None else f"{row.pk}/{year}"
    record_changes(told, [Changed(key, row.commune.path)], by=by)


def last_step(row: Cooperative) -> int:
    """Return what a form keeps to notice that somebody else changed the row meanwhile."""
    return row.steps.order_by("-pk").values_list("pk", flat=True).first() or 0


def require_unchanged(row: Cooperative, seen: int | None) -> None:
    """Refuse a form that is older than its row."""
    if seen is not None and seen != last_step(row):
        sentence = _("Somebody changed this meanwhile. Load the page again and compare.")
        raise DomainError(sentence, code="changed-meanwhile")
