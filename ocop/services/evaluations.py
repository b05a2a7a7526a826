"""Evaluations: opened for a dossier, concluded from the sheets of the assessors."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ntm_portal.lib.errors import DomainError
from ocop.grading import Rounding, scheme_for
from ocop.marks import grade_of
from ocop.models import Evaluation, ScoreSheet
from ocop.rulebooks import known_schemes
from ocop.services.steps import Kind, hold_evaluation, hold_product, record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ntm_portal.accounts.models import User
    from ocop.grading import Scheme

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is evaluated, by whom and when; the sheet may be missing where none was loaded."""

    kind: str
    level: str
    filed_on: date
    evaluated_on: date
    sheet: ScoreSheet | None = None


@transaction.atomic
def open_evaluation(product_id: int, dossier: Dossier, *, by: User) -> Evaluation:
    """Open an evaluation by the scheme that holds for the dossier; it keeps that scheme."""
    product = hold_product(product_id, by=by)
    scheme = _scheme(dossier)
    _check_sheet(dossier.sheet, scheme, product.group)
    taken = product.evaluations.filter(level=dossier.level, evaluated_on=dossier.evaluated_on)
    if taken.exists():
        sentence = _("This council evaluated the product on this day already.")
        raise DomainError(sentence, code="day-taken")
    row = Evaluation.objects.create(
        product=product,
        kind=dossier.kind,
        level=dossier.level,
        filed_on=dossier.filed_on,
        evaluated_on=dossier.evaluated_on,
        scheme_code=scheme.code,
        sheet=dossier.sheet,
        recorded_by=by,
    )
    said = f"{scheme.code} · {row.get_level_display()}"
    record(product, Kind.EVALUATION_OPENED, by=by, on=dossier.evaluated_on, reason=said)
    return row


@transaction.atomic
def conclude(
    pk: int, answers: Mapping[str, bool], *, by: User, disqualified_reason: str = ""
) -> Evaluation:
    """Work out mean, stars and caps, and keep them with the rounding they were made with."""
    row = hold_evaluation(pk, by=by)
    require_open(row)
    row.answers, row.disqualified_reason = dict(answers), disqualified_reason.strip()
    row.rounding = settings.OCOP_ROUNDING
    found = grade_of(row)
    if found is None:
        raise DomainError(_("No assessor's sheet is in yet."), code="no-sheets")
    if found.open_conditions and not found.is_disqualified:
        sentence = _("Say of each minimum condition whether it is met.")
        raise DomainError(sentence, code="answers-required")
    row.mean = found.mean.quantize(Decimal("0.00000001"))
    row.total = (found.total if row.rounding != Rounding.NONE else found.mean).quantize(
        HUNDREDTH, rounding=ROUND_HALF_UP
    )
    row.band, row.stars, row.minimum_met = found.band, found.stars, found.minimum_met
    row.concluded_at = timezone.now()
    row.save()
    said = {"total": ["", str(row.total)], "stars": ["", str(row.stars)]}
    record(row.product, Kind.EVALUATION_CONCLUDED, by=by, on=row.evaluated_on, changes=said)
    return row


@transaction.atomic
def reopen(pk: int, reason: str, *, by: User) -> Evaluation:
    """Open a concluded evaluation again; not once a certificate rests on it."""
    row = hold_evaluation(pk, by=by)
    if row.concluded_at is None:
        raise DomainError(_("It is open."), code="open")
    if row.certificates.exists():
        raise DomainError(_("A certificate rests on it."), code="certified")
    if not reason.strip():
        raise DomainError(_("Say why it is opened again."), code="reason-required")
    row.concluded_at = row.mean = row.total = row.band = row.stars = row.minimum_met = None
    row.save()
    record(row.product, Kind.EVALUATION_REOPENED, by=by, reason=reason)
    return row


def require_open(row: Evaluation) -> None:
    """Refuse to change what was concluded."""
    if not row.is_open:
        raise DomainError(_("The evaluation is concluded."), code="concluded")


def _scheme(dossier: Dossier) -> Scheme:
    if dossier.evaluated_on > timezone.localdate():
        raise DomainError(_("The date lies in the future."), code="in-the-future")
    if dossier.filed_on > dossier.evaluated_on:
        sentence = _("It cannot be rated before the dossier was filed.")
        raise DomainError(sentence, code="filed-later")
    scheme = scheme_for(
        known_schemes(),
        rated_on=dossier.evaluated_on,
        filed_on=dossier.filed_on,
        kind=dossier.kind,
    )
    if scheme is None:
        raise DomainError(_("No OCOP scheme was in force on this day."), code="no-scheme")
    return scheme


def _check_sheet(sheet: ScoreSheet | None, scheme: Scheme, group: str) -> None:
    if sheet is None:
        return
    if not sheet.is_sound:
        sentence = _("This score sheet is unsound and judges nothing.")
        raise DomainError(sentence, code="bad-sheet")
    if sheet.scheme_code != scheme.code:
        sentence = _("This score sheet belongs to %(other)s; on this day %(scheme)s holds.")
        words = {"other": sheet.scheme_code, "scheme": scheme.code}
        raise DomainError(sentence % words, code="bad-sheet")
    if sheet.group and sheet.group != group:
        sentence = _("This score sheet is for another product group.")
        raise DomainError(sentence, code="bad-sheet")
