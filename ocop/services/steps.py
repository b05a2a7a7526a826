"""What every step begins and ends with: the row held, the right asked, the step recorded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from communes.changes import Changed, record_changes
from communes.changes import Kind as ChangeKind
from ntm_portal.lib.errors import DomainError
from ocop import policies
from ocop.models import Evaluation, OcopStep, Producer, Product, ValueChain

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User
    from ocop.models import Certificate

Kind = OcopStep.Kind
ALL_ROUNDS = date.min  # what is joined or moved may change any round that still moves
Subject = Producer | Product | ValueChain


def hold_producer(pk: int, *, by: User) -> Producer:
    """Return the producer, held until the transaction ends, if she may change it."""
    rows = Producer.objects.select_for_update(of=("self",)).select_related("commune")
    row = rows.get(pk=pk)
    require_right(row.commune.path, by=by)
    if row.duplicate_of_id:
        sentence = _("This is a double entry; change the one that was kept.")
        raise DomainError(sentence, code="duplicate")
    return row


def hold_product(pk: int, *, by: User) -> Product:
    """Return the product, held until the transaction ends, if she may change it."""
    rows = Product.objects.select_for_update(of=("self",)).select_related("commune", "producer")
    row = rows.get(pk=pk)
    require_right(row.commune.path, by=by)
    return row


def hold_evaluation(pk: int, *, by: User) -> Evaluation:
    """Return the evaluation with its product, held until the transaction ends."""
    rows = Evaluation.objects.select_for_update(of=("self",))
    row = rows.select_related("product__commune", "sheet").get(pk=pk)
    require_right(row.product.commune.path, by=by)
    return row


def require_right(path: str, *, by: User) -> None:
    """Refuse whoever may not keep the register at this place."""
    if not policies.may_register(by.scope, path):
        sentence = _("You may not keep the register of this place.")
        raise DomainError(sentence, code="not-allowed")


def record(
    row: Subject,
    kind: OcopStep.Kind,
    *,
    by: User,
    changes: dict[str, list[str]] | None = None,
    on: date | None = None,
    document: str = "",
    reason: str = "",
    certificate: Certificate | None = None,
) -> None:
    """Add the step to the history of the row, and its lines to the ledger."""
    step = OcopStep(
        kind=kind,
        by=by,
        changes=changes or {},
        effective_on=on,
        document=document.strip(),
        reason=reason.strip(),
    )
    if isinstance(row, Producer):
        step.producer, told, path = row, ChangeKind.PRODUCER, row.commune.path
    elif isinstance(row, Product):
        step.product, told, path = row, ChangeKind.PRODUCT, row.commune.path
    else:
        step.chain, told, path = row, ChangeKind.VALUE_CHAIN, row.lead_unit.path
    step.save()
    record_changes(told, [Changed(row.pk, path)], by=by)
    if certificate is not None:
        record_changes(ChangeKind.CERTIFICATE, [Changed(certificate.pk, path)], by=by)


def last_step(row: Subject) -> int:
    """Return what a form keeps to notice that somebody else changed the row meanwhile."""
    return row.steps.order_by("-pk").values_list("pk", flat=True).first() or 0


def require_unchanged(row: Subject, seen: int | None) -> None:
    """Refuse a form that is older than its row."""
    if seen is not None and seen != last_step(row):
        sentence = _("Somebody changed this meanwhile. Load the page again and compare.")
        raise DomainError(sentence, code="changed-meanwhile")
