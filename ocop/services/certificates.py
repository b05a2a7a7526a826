"""Certificates: awarded, renewed, raised or lowered, revoked; and the notice before they end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communes.services import mark_stale
from ntm_portal.lib.errors import DomainError
from ocop.grading import is_proposed, last_valid_day, scheme_on
from ocop.letters import notice_text
from ocop.models import Certificate, ExpiryNotice, Level
from ocop.rulebooks import known_schemes
from ocop.services.certificate_checks import award_objections, revocation_objections
from ocop.services.steps import Kind, hold_product, record

if TYPE_CHECKING:
    from datetime import date

    from ntm_portal.accounts.models import User
    from ocop.grading import Scheme
    from ocop.models import Evaluation, Product

VALID_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Award:
    """A decision of award as it stands on paper."""

    stars: int
    level: str
    number: str
    on: date
    evaluation: Evaluation | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter by which the holder is told that a certificate ends."""

    number: str
    sent_on: date


@transaction.atomic
def certify(product_id: int, award: Award, *, by: User) -> Certificate:
    """Record an award; the certificate held until then is replaced by it."""
    product = hold_product(product_id, by=by)
    for objection in award_objections(product, award, by=by, today=timezone.localdate()):
        raise objection
    before = product.certificates.order_by("valid_from").last()
    scheme = scheme_on(known_schemes(), award.on)
    row = Certificate.objects.create(
        product=product,
        evaluation=award.evaluation,
        kind=_kind(before, award.stars),
        stars=award.stars,
        decided_by_level=award.level,
        decision_number=award.number.strip(),
        valid_from=award.on,
        valid_to=last_valid_day(award.on, months=_months(scheme)),
        is_potential_five=_is_potential(award, scheme),
        recorded_by=by,
    )
    _supersede(product, row, by)
    said = {"stars": [str(before.stars) if before else "", str(row.stars)]}
    record(
        product,
        Kind.CERTIFIED,
        by=by,
        on=award.on,
        document=award.number,
        changes=said,
        certificate=row,
    )
    mark_stale([product.commune_id], since=award.on)
    return row


@transaction.atomic
def revoke(pk: int, on: date, number: str, reason: str, *, by: User) -> Certificate:
    """Record that a decision took the certificate away, from its day on."""
    row = _held(pk)
    today = timezone.localdate()
    for objection in revocation_objections(row, on, number, reason, by=by, today=today):
        raise objection
    row.revoked_on, row.revoked_by_decision = on, number.strip()
    row.revocation_reason, row.is_potential_five = reason.strip(), False
    row.save(
        update_fields=[
            "revoked_on",
            "revoked_by_decision",
            "revocation_reason",
            "is_potential_five",
        ]
    )
    record(
        row.product,
        Kind.REVOKED,
        by=by,
        on=on,
        document=number,
        reason=reason,
        certificate=row,
    )
    mark_stale([row.product.commune_id], since=on)
    return row


@transaction.atomic
def refuse_five(pk: int, reason: str, *, by: User) -> Certificate:
    """Record that the centre did not recognise the five stars that were proposed."""
    row = _held(pk)
    hold_product(row.product_id, by=by)
    if not row.is_potential_five:
        raise DomainError(_("Nothing is pending at the centre."), code="not-pending")
    if not reason.strip():
        raise DomainError(_("Say what the centre found."), code="reason-required")
    row.is_potential_five = False
    row.save(update_fields=["is_potential_five"])
    record(row.product, Kind.NOT_FIVE, by=by, reason=reason, certificate=row)
    return row


@transaction.atomic
def notify(pk: int, letter: Letter, *, by: User) -> ExpiryNotice:
    """Produce and record the written notice that the certificate is about to end."""
    row = _held(pk)
    hold_product(row.product_id, by=by)
    number = letter.number.strip()
    if not number:
        raise DomainError(_("Type the number of the letter."), code="number-required")
    if row.notices.filter(number=number).exists():
        sentence = _("A notice of this number is recorded already.")
        raise DomainError(sentence, code="number-taken")
    if letter.sent_on > timezone.localdate():
        raise DomainError(_("The date lies in the future."), code="in-the-future")
    if letter.sent_on > row.valid_to:
        raise DomainError(_("The certificate has ended by then."), code="ended")
    notice = ExpiryNotice.objects.create(
        certificate=row,
        number=number,
        sent_on=letter.sent_on,
        text=notice_text(row, number, letter.sent_on),
        produced_by=by,
    )
    record(row.product, Kind.NOTIFIED, by=by, on=letter.sent_on, document=number)
    return notice


def _held(pk: int) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",))
    return rows.select_related("product__commune", "product__producer").get(pk=pk)


def _kind(before: Certificate | None, stars: int) -> str:
    if before is None:
        return Certificate.Kind.FIRST
    if stars == before.stars:
        return Certificate.Kind.RENEWAL
    is_more = stars > before.stars
    return Certificate.Kind.UPGRADE if is_more else Certificate.Kind.DOWNGRADE


def _months(scheme: Scheme | None) -> int:
    return scheme.validity_months if scheme else VALID_MONTHS


def _is_potential(award: Award, scheme: Scheme | None) -> bool:
    """Tell whether the province awards the most it may, and proposes more."""
    earned = award.evaluation.stars if award.evaluation else None
    if scheme is None or award.level != Level.PROVINCE:
        return False
    return is_proposed((award.level, award.stars), earned, scheme, award.on)


def _supersede(product: Product, row: Certificate, by: User) -> None:
    """End what was held until the day of the new award."""
    held = product.certificates.in_force(row.valid_from).exclude(pk=row.pk)
    for old in held:
        old.revoked_on, old.superseded_by = row.valid_from, row
        old.is_potential_five = False
        old.save(update_fields=["revoked_on", "superseded_by", "is_potential_five"])
        record(
            product,
            Kind.SUPERSEDED,
            by=by,
            on=row.valid_from,
            document=old.decision_number,
            certificate=old,
        )
