"""What speaks against a decision of recognition; each objection is a sentence fit to show.

Pages ask for all objections at once, a service raises the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.models import Recognition
from criteria.recognition import policies
from criteria.recognition.conditions import entitlement
from criteria.recognition.law import titles
from criteria.recognition.mergers import passed_titles
from criteria.recognition.rules import authorities
from criteria.recognition.wording import authority_label, found_label
from criteria.scoring.titles import Competence, competence, titles_on
from criteria.services.documents import check_document
from ntm_portal.lib.errors import DomainError
from ntm_portal.templatetags.portal import day as written_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from communes.models import AdministrativeUnit
    from criteria.recognition.conditions import Finding
    from criteria.recognition.mergers import PassedTitle
    from ntm_portal.accounts.models import User

Merger = Recognition.MergerStatus
BY_DECISION = (Merger.ACKNOWLEDGED, Merger.RECOGNISED_ANEW)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it stands on paper, and what is said of it."""

    standard: str
    standard_year: int
    number: str
    date: date
    authority_level: str
    document: UploadedFile[bytes] | None = None
    exception_reason: str = ""
    merger_status: str = ""


@dataclass(frozen=True, slots=True)
class Revocation:
    """A decision that takes a title away from the day `on`."""

    on: date
    number: str
    reason: str
    document: UploadedFile[bytes] | None = None


class ConditionsFail(DomainError):  # noqa: N818  (a refusal, not an error)
    """Conditions are known not to hold and no reason is stated; `findings` says which."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        sentence = _(
            "Conditions do not hold: %(names)s. State why it was recognised all the same, or "
            "correct the figures."
        )
        names = "; ".join(map(found_label, findings))
        super().__init__(sentence % {"names": names}, code="conditions-fail")


def recording_objections(
    unit: AdministrativeUnit, decision: Decision, *, by: User, today: date
) -> Iterator[DomainError]:
    """Yield all that speaks against recording the decision."""
    if not policies.may_record(by.scope, unit):
        sentence = _("You may not record decisions for %(unit)s.")
        yield DomainError(sentence % {"unit": unit.label}, code="not-allowed")
        return
    yield from _paper_objections(decision, today)
    if (not_then := _not_on_the_map(unit, decision.date)) is not None:
        yield not_then
        return
    yield from _authority_objections(unit, decision)
    passed = _passed(unit, decision)
    yield from _merger_objections(decision, passed)
    yield from _held_objections(unit, decision)
    if not decision.exception_reason.strip() and decision.merger_status != Merger.ACKNOWLEDGED:
        found = entitlement(unit, decision.standard, decision.date)
        if found and found.failing:
            yield ConditionsFail(found.failing)


def revoking_objections(
    recognition: Recognition, revocation: Revocation, *, by: User, today: date
) -> Iterator[DomainError]:
    """Yield all that speaks against revoking."""
    if not policies.may_record(by.scope, recognition.unit):
        sentence = _("You may not record decisions for %(unit)s.")
        yield DomainError(sentence % {"unit": recognition.unit.label}, code="not-allowed")
        return
    if recognition.revoked_on:
        sentence = _("This recognition has ended already, on %(day)s.")
        words = {"day": written_day(recognition.revoked_on)}
        yield DomainError(sentence % words, code="ended")
        return
    if not revocation.number.strip():
        yield DomainError(_("Type the number of the decision."), code="number-required")
    if not revocation.reason.strip():
        yield DomainError(_("Say why it is revoked."), code="reason-required")
    if revocation.on > today:
        yield DomainError(_("The date lies in the future."), code="in-the-future")
    elif revocation.on < recognition.decision_date:
        sentence = _("It cannot be revoked before %(day)s, the date of its own decision.")
        words = {"day": written_day(recognition.decision_date)}
        yield DomainError(sentence % words, code="before-decision")
    yield from _document_objections(revocation.document)


def _paper_objections(decision: Decision, today: date) -> Iterator[DomainError]:
    if not decision.number.strip():
        yield DomainError(_("Type the number of the decision."), code="number-required")
    if decision.date > today:
        yield DomainError(_("The date lies in the future."), code="in-the-future")
    if decision.standard_year > decision.date.year:
        sentence = _("The year of the standard lies after the decision.")
        yield DomainError(sentence, code="year-after-decision")
    yield from _document_objections(decision.document)


def _document_objections(document: UploadedFile[bytes] | None) -> Iterator[DomainError]:
    if document:
        try:
            check_document(document)
        except DomainError as objection:
            yield objection


def _not_on_the_map(unit: AdministrativeUnit, day: date) -> DomainError | None:
    if unit.valid_to and unit.valid_to < day:
        sentence = _("%(unit)s was abolished; its last day was %(day)s.")
        words = {"unit": unit.label, "day": written_day(unit.valid_to)}
        return DomainError(sentence % words, code="unit-abolished")
    if unit.valid_from and unit.valid_from > day:
        sentence = _("%(unit)s exists only from %(day)s on.")
        words = {"unit": unit.label, "day": written_day(unit.valid_from)}
        return DomainError(sentence % words, code="unit-not-yet")
    return None


def _authority_objections(unit: AdministrativeUnit, decision: Decision) -> Iterator[DomainError]:
    if decision.authority_level not in authorities():
        yield DomainError(_("Say who decided."), code="wrong-authority")
        return
    found = competence(
        titles(), unit.level, unit.kind, decision.standard, decision.authority_level, decision.date
    )
    if found is Competence.NO_TITLE:
        sentence = _("On %(day)s, no such title could be given to %(unit)s.")
        words = {"day": written_day(decision.date), "unit": unit.label}
        yield DomainError(sentence % words, code="no-such-title")
    elif found is Competence.WRONG:
        sentence = _("On %(day)s, this was decided by: %(who)s.")
        words = {"day": written_day(decision.date), "who": _competent(unit, decision)}
        yield DomainError(sentence % words, code="wrong-authority")


def _competent(unit: AdministrativeUnit, decision: Decision) -> str:
    hers = titles_on(titles(), unit.level, unit.kind, decision.date)
    return next(
        authority_label(title.decided_by or "")
        for title in hers
        if title.standard == decision.standard
    )


def _passed(unit: AdministrativeUnit, decision: Decision) -> PassedTitle | None:
    """Return what became of the same title of the units it was formed from."""
    if not decision.merger_status:
        return None
    passed = (item for item in passed_titles([unit.pk]) if item.standard == decision.standard)
    return next((item for item in passed if item.effective_date <= decision.date), None)


def _merger_objections(decision: Decision, passed: PassedTitle | None) -> Iterator[DomainError]:
    if not decision.merger_status:
        return
    if decision.merger_status not in BY_DECISION:
        sentence = _("No decision does this: the portal works it out from the map.")
        yield DomainError(sentence, code="bad-merger-status")
    elif passed is None:
        sentence = _("It was not formed from units that held this standard.")
        yield DomainError(sentence, code="bad-merger-status")
    elif decision.merger_status == Merger.ACKNOWLEDGED and passed.status == Merger.LOST:
        sentence = _("Not all units it was formed from held this standard: it is recognised anew.")
        yield DomainError(sentence, code="bad-merger-status")


def _held_objections(unit: AdministrativeUnit, decision: Decision) -> Iterator[DomainError]:
    held = unit.recognitions.filter(standard=decision.standard).lasting_after(decision.date)
    if decision.merger_status:
        held = held.exclude(merger_status=Merger.INHERITED)
    if (row := held.first()) is not None:
        sentence = _("It holds this standard already, by decision %(number)s of %(day)s.")
        words = {"number": row.decision_number, "day": written_day(row.decision_date)}
        yield DomainError(sentence % words, code="held-already")
    elif unit.recognitions.filter(
        standard=decision.standard, decision_number=decision.number.strip()
    ).exists():
        sentence = _("A decision of this number is recorded for this unit and standard already.")
        yield DomainError(sentence, code="number-taken")
