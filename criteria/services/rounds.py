"""Opening, closing, publishing and reopening rounds: administrators only, each step an event."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from communes.changes import Changed, Kind, record_changes
from communes.models import AdministrativeUnit, StaleUnit
from communes.services import mark_stale
from criteria import policies
from criteria.assessment import keep_law, sets_amended_since
from criteria.models import CriteriaSet, ReportingRound, RoundEvent
from criteria.services.carrying import create_assessments
from criteria.services.judging_anew import rejudge_soon
from ntm_portal.accounts.scope import NATION_PATH
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from datetime import date

    from ntm_portal.accounts.models import User

Status = ReportingRound.Status


@transaction.atomic
def open_round(
    code: str,
    *,
    reference_date: date,
    opens_on: date,
    due_on: date,
    by: User,
    is_demonstration: bool = False,
) -> ReportingRound:
    """Open a round: an assessment for every xã of that day, with the values it last had.

    1. The set is the newest national one for communes in force on the reference date.
    2. Every xã on the map of that day gets a draft; its event says what was carried.
    3. Carried values are marked as such and judged anew by the levels of the new day.
    """
    _refuse_unless_administrator(by)
    _refuse_bad_dates(code, reference_date, opens_on, due_on)
    criteria_set = set_in_force(reference_date)
    round_ = _created(
        ReportingRound(
            code=code,
            reference_date=reference_date,
            opens_on=opens_on,
            due_on=due_on,
            is_demonstration=is_demonstration,
        )
    )
    RoundEvent.objects.create(round=round_, by=by, to_status=round_.status)
    record_changes(Kind.ROUND, [Changed(code, round_code=code)], by=by)
    record_changes(Kind.ASSESSMENT, [Changed("", NATION_PATH, code)], by=by)
    mark_stale(create_assessments(round_, criteria_set, by=by), since=reference_date)
    return round_


@transaction.atomic
def close_round(round_id: int, *, by: User, reason: str = "") -> ReportingRound:
    """Close an open round: what is entered then owes a reason, and its law is kept."""
    round_ = _locked(round_id, by)
    if round_.status != Status.OPEN:
        raise DomainError(_("Only an open round can be closed."), code="wrong-status")
    keep_law(round_)
    return _move(round_, Status.CLOSED, by, reason)


@transaction.atomic
def publish_round(round_id: int, *, by: User, reason: str = "") -> ReportingRound:
    """Publish a closed round: from now on its figures never move.

    What the roll-up still owes must be in the figures first, for it leaves frozen rounds alone.
    """
    round_ = _locked(round_id, by)
    if round_.status != Status.CLOSED:
        raise DomainError(_("Only a closed round can be published."), code="wrong-status")
    if StaleUnit.objects.filter(since__lte=round_.reference_date).exists():
        sentence = _("Figures of this round are still being added up: publish it in a moment.")
        raise DomainError(sentence, code="figures-pending")
    return _move(round_, Status.PUBLISHED, by, reason)


@transaction.atomic
def reopen_round(round_id: int, *, by: User, reason: str) -> ReportingRound:
    """Open a closed or published round again; everything in it is added up anew.

    Where the law became another since it closed, it is judged anew too.
    """
    round_ = _locked(round_id, by)
    if round_.status == Status.OPEN:
        raise DomainError(_("This round is open already."), code="wrong-status")
    if not reason.strip():
        raise DomainError(_("Say why the round is reopened."), code="reason-required")
    units = round_.assessments.values_list("unit_id", flat=True)
    mark_stale(units, since=round_.reference_date)
    for set_id in sets_amended_since(round_):
        transaction.on_commit(partial(rejudge_soon, set_id, NATION_PATH))
    return _move(round_, Status.OPEN, by, reason.strip())


def _refuse_unless_administrator(by: User) -> None:
    if not policies.may_run_rounds(by.scope):
        raise DomainError(_("Only an administrator may do this to a round."), code="not-allowed")


def _created(round_: ReportingRound) -> ReportingRound:
    """Write the round; of two who open it at once the database lets one through."""
    try:
        with transaction.atomic():
            round_.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(_exists(), code="round-exists") from error
    return round_


def _exists() -> str:
    return _("There is a round with this code or this reference date already.")


def _refuse_bad_dates(code: str, reference_date: date, opens_on: date, due_on: date) -> None:
    if due_on < opens_on:
        raise DomainError(_("A round is due after it opens."), code="bad-dates")
    rounds = ReportingRound.objects
    if rounds.filter(code=code).exists() or rounds.filter(reference_date=reference_date).exists():
        raise DomainError(_exists(), code="round-exists")


def set_in_force(day: date) -> CriteriaSet:
    """Return the set by which communes are judged on `day`; refuse a day without one."""
    level = AdministrativeUnit.Level.COMMUNE
    if (found := CriteriaSet.objects.in_force(day, level=level).first()) is None:
        raise DomainError(_("No criteria set is in force on the reference date."), code="no-set")
    return found


def _locked(round_id: int, by: User) -> ReportingRound:
    _refuse_unless_administrator(by)
    return ReportingRound.objects.select_for_update().get(pk=round_id)


def _move(round_: ReportingRound, to: str, by: User, reason: str) -> ReportingRound:
    RoundEvent.objects.create(
        round=round_, by=by, from_status=round_.status, to_status=to, reason=reason
    )
    round_.status = to
    round_.save(update_fields=["status"])
    record_changes(Kind.ROUND, [Changed(round_.code, round_code=round_.code)], by=by)
    return round_
