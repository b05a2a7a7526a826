"""What speaks against an award; each objection is a sentence fit to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ntm_portal.lib.days import written_day
from ntm_portal.lib.errors import DomainError
from ocop import policies
from ocop.grading import competent_levels, scheme_on
from ocop.models import Certificate, Level
from ocop.rulebooks import known_schemes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ntm_portal.accounts.models import User
    from ocop.models import Evaluation, Product
    from ocop.services.certificates import Award

# Which councils stand at or above a level: what the centre found, the province may award on.
UPWARDS = tuple(Level)
AT_OR_ABOVE = {level: UPWARDS[place:] for place, level in enumerate(UPWARDS)}


def award_objections(
    product: Product, award: Award, *, by: User, today: date
) -> Iterator[DomainError]:
    """Yield all that speaks against the award."""
    if not policies.may_certify(by.scope, product.commune.path, award.level):
        sentence = _("You may not record what this level decides here.")
        yield DomainError(sentence, code="not-allowed")
        return
    if not award.number.strip():
        yield DomainError(_("Type the number of the decision."), code="number-required")
    elif product.certificates.filter(decision_number=award.number.strip()).exists():
        sentence = _("This decision is recorded for the product already.")
        yield DomainError(sentence, code="number-taken")
    if award.on > today:
        yield DomainError(_("The date lies in the future."), code="in-the-future")
    yield from _competence(award)
    if award.evaluation is not None:
        yield from _evaluation(award.evaluation, award)
    later = product.certificates.filter(valid_from__gt=award.on).order_by("valid_from").first()
    same_day = product.certificates.filter(valid_from=award.on).exists()
    if later is not None or same_day:
        sentence = _("A certificate from %(day)s on is recorded already: the dates cross.")
        words = {"day": written_day(later.valid_from if later else award.on)}
        yield DomainError(sentence % words, code="dates-cross")


def revocation_objections(
    row: Certificate, on: date, number: str, reason: str, *, by: User, today: date
) -> Iterator[DomainError]:
    """Yield all that speaks against taking a certificate away."""
    if not policies.may_certify(by.scope, row.product.commune.path, row.decided_by_level):
        sentence = _("You may not record what this level decides here.")
        yield DomainError(sentence, code="not-allowed")
        return
    if row.revoked_on is not None:
        sentence = _("It ended already, on %(day)s.")
        yield DomainError(sentence % {"day": written_day(row.revoked_on)}, code="ended")
        return
    if not number.strip():
        yield DomainError(_("Type the number of the decision."), code="number-required")
    if not reason.strip():
        yield DomainError(_("Say why it is revoked."), code="reason-required")
    if on > today:
        yield DomainError(_("The date lies in the future."), code="in-the-future")
    if not row.valid_from <= on <= row.valid_to:
        sentence = _("It is valid from %(first)s to %(last)s.")
        words = {"first": written_day(row.valid_from), "last": written_day(row.valid_to)}
        yield DomainError(sentence % words, code="dates-cross")


def _competence(award: Award) -> Iterator[DomainError]:
    scheme = scheme_on(known_schemes(), award.on)
    if scheme is None:
        yield DomainError(_("No OCOP scheme was in force on this day."), code="no-scheme")
        return
    levels = competent_levels(scheme, award.stars, award.on)
    if not levels:
        sentence = _("On %(day)s no certificate was given for %(stars)s stars.")
        words = {"day": written_day(award.on), "stars": award.stars}
        yield DomainError(sentence % words, code="bad-stars")
    elif award.level not in levels:
        sentence = _("On %(day)s %(stars)s stars were awarded by: %(level)s.")
        names = ", ".join(str(Level(level).label) for level in levels)
        words = {"day": written_day(award.on), "stars": award.stars, "level": names}
        yield DomainError(sentence % words, code="wrong-level")


def _evaluation(evaluation: Evaluation, award: Award) -> Iterator[DomainError]:
    if evaluation.stars is None:
        yield DomainError(_("The evaluation is not concluded."), code="not-concluded")
        return
    if award.on < evaluation.evaluated_on:
        sentence = _("It was evaluated only on %(day)s.")
        words = {"day": written_day(evaluation.evaluated_on)}
        yield DomainError(sentence % words, code="before-evaluation")
    if award.stars > evaluation.stars:
        sentence = _("The evaluation earned %(stars)s stars, no more.")
        yield DomainError(sentence % {"stars": evaluation.stars}, code="bad-stars")
    if evaluation.level not in AT_OR_ABOVE[Level(award.level)]:
        sentence = _("The council of the %(level)s has not evaluated it.")
        words = {"level": str(Level(award.level).label)}
        yield DomainError(sentence % words, code="wrong-level")
