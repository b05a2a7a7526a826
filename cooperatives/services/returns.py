"""The yearly return: typed, sent, verified or given back; rated whenever it is saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communes.services import mark_stale
from cooperatives import policies
from cooperatives.assessment import WORKED_OUT, rate_return
from cooperatives.models import Cooperative, YearlyReturn
from cooperatives.rating import Rating
from cooperatives.services.return_checks import check_entry
from cooperatives.services.steps import Kind, hold, record
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.steps import changed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from ntm_portal.accounts.models import User

Status = YearlyReturn.Status
FIGURES = (
    "members",
    "women_members",
    "revenue_million_vnd",
    "capital_million_vnd",
    "profit_million_vnd",
    "months_stopped",
    "score",
    "note",
)


@dataclass(frozen=True, slots=True)
class ReturnEntry:
    """What a cooperative says of its year; `scores` are its points by criterion of the rule."""

    members: int | None = None
    women_members: int | None = None
    revenue_million_vnd: Decimal | None = None
    capital_million_vnd: Decimal | None = None
    profit_million_vnd: Decimal | None = None
    months_stopped: int = 0
    scores: Mapping[str, Decimal] = field(default_factory=dict)
    score: Decimal | None = None
    note: str = ""


@transaction.atomic
def save_return(
    cooperative_id: int,
    year: int,
    entry: ReturnEntry,
    *,
    by: User,
    seen_version: int | None = None,
) -> YearlyReturn:
    """Save the draft of a year and rate it; only a draft, or what was given back, is changed."""
    cooperative = hold(cooperative_id, by=by)
    row = cooperative.returns.filter(year=year).first() or YearlyReturn(
        cooperative=cooperative, year=year, is_effective=False, recorded_by=by
    )
    if row.status not in (Status.DRAFT, Status.RETURNED):
        sentence = _("It was sent. Ask for it to be given back before changing it.")
        raise DomainError(sentence, code="sent")
    if seen_version is not None and seen_version != row.version:
        sentence = _("Somebody changed this meanwhile. Load the page again and compare.")
        raise DomainError(sentence, code="changed-meanwhile")
    score = check_entry(cooperative, year, entry, today=timezone.localdate())
    values = {name: getattr(entry, name) for name in FIGURES} | {"score": score}
    changes = changed(row, values)
    row.scores = {code: str(points) for code, points in entry.scores.items()}
    row.recorded_by, row.version = by, row.version + 1
    rate_return(row)
    row.save()
    record(cooperative, Kind.RETURN_SAVED, by=by, changes=changes, year=year)
    return row


@transaction.atomic
def submit_return(pk: int, *, by: User) -> YearlyReturn:
    """Send it: from now on it counts."""
    row = _held(pk, Status.DRAFT, Status.RETURNED)
    hold(row.cooperative_id, by=by)
    if row.score is None and not is_left_out(row):
        raise DomainError(_("Type the score before sending it."), code="score-required")
    row.status, row.submitted_at, row.returned_reason = Status.SUBMITTED, timezone.now(), ""
    _save(row, "submitted_at", "returned_reason")
    _owe(row)
    record(row.cooperative, Kind.RETURN_SUBMITTED, by=by, year=row.year)
    return row


@transaction.atomic
def verify_return(pk: int, *, by: User) -> YearlyReturn:
    """Confirm what was sent."""
    row = _held(pk, Status.SUBMITTED)
    _require_verifier(row.cooperative, by)
    row.status, row.verified_at = Status.VERIFIED, timezone.now()
    _save(row, "verified_at")
    _owe(row)
    record(row.cooperative, Kind.RETURN_VERIFIED, by=by, year=row.year)
    return row


@transaction.atomic
def give_back_return(pk: int, reason: str, *, by: User) -> YearlyReturn:
    """Give it back with a sentence; until it is sent again it does not count."""
    row = _held(pk, Status.SUBMITTED, Status.VERIFIED)
    _require_verifier(row.cooperative, by)
    if not reason.strip():
        raise DomainError(_("Say why it is given back."), code="reason-required")
    row.status, row.returned_reason, row.verified_at = Status.RETURNED, reason.strip(), None
    _save(row, "returned_reason", "verified_at")
    _owe(row)
    record(row.cooperative, Kind.RETURN_RETURNED, by=by, year=row.year, reason=reason)
    return row


def is_left_out(row: YearlyReturn) -> bool:
    """Tell whether the rule rates no such year: too new, or stopped too long."""
    tried = YearlyReturn(
        cooperative=row.cooperative,
        year=row.year,
        months_stopped=row.months_stopped,
        score=0,
    )
    rate_return(tried)
    return tried.rating == Rating.NOT_RATED


def _held(pk: int, *allowed: YearlyReturn.Status) -> YearlyReturn:
    rows = YearlyReturn.objects.select_for_update(of=("self",))
    row = rows.select_related("cooperative__commune").get(pk=pk)
    if row.status not in allowed:
        sentence = _("This return is “%(status)s”: that cannot be done with it.")
        raise DomainError(sentence % {"status": row.get_status_display()}, code="wrong-status")
    return row


def _require_verifier(cooperative: Cooperative, by: User) -> None:
    if not policies.may_verify(by.scope, cooperative.commune.path):
        raise DomainError(_("You may not verify returns of this place."), code="not-allowed")


def _save(row: YearlyReturn, *names: str) -> None:
    row.version += 1
    rate_return(row)
    row.save(update_fields=["status", "version", *WORKED_OUT, *names])


def _owe(row: YearlyReturn) -> None:
    mark_stale([row.cooperative.commune_id], since=date(row.year, 1, 1))
