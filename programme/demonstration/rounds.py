"""The three rounds of the demonstration: made first, published only when all is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from communes.changes import Changed, Kind, record_changes
from criteria.assessment import keep_law
from criteria.models import ReportingRound, RoundEvent

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User

Status = ReportingRound.Status
DUE_IN = 12  # days from the day of loading to the end of the open round
SEED = "demonstration, seed "  # the reason of the event that opened a round, and the number
OPEN_FOR = timedelta(days=18)  # how long before that day, or before its end, it was opened


@dataclass(frozen=True, slots=True)
class Planned:
    """A round as it will stand when the demonstration is complete."""

    code: str
    reference_date: date
    opens_on: date
    due_on: date
    is_published: bool = True


def planned(today: date, due_in: int) -> tuple[Planned, ...]:
    """Return the rounds, oldest first; only the open one lives with the day of loading."""
    due_on = today + timedelta(days=due_in)
    opens_on = min(today, due_on) - OPEN_FOR
    return (
        Planned("2019-Q4", date(2019, 12, 31), date(2019, 12, 16), date(2020, 1, 20)),
        Planned("2020-Q2", date(2020, 6, 30), date(2020, 6, 15), date(2020, 7, 20)),
        Planned("2020-Q4", date(2020, 12, 31), opens_on, due_on, is_published=False),
    )


def begin_rounds(plans: tuple[Planned, ...], *, by: User, seed: int) -> list[ReportingRound]:
    """Make the rounds that are missing and open those that were published before."""
    held = {row.code: row for row in ReportingRound.objects.all()}
    rounds = []
    for plan in plans:
        row = held.get(plan.code) or _open(plan, by, seed)
        if plan.is_published and row.status != Status.OPEN:
            _move(row, Status.OPEN, by, "demonstration, more provinces")
        rounds.append(row)
    return rounds


def publish_rounds(plans: tuple[Planned, ...], *, by: User) -> None:
    """Close and publish the rounds that are over: the sign that the demonstration is whole."""
    codes = [plan.code for plan in plans if plan.is_published]
    for row in ReportingRound.objects.filter(code__in=codes):
        _move(row, Status.CLOSED, by)
        keep_law(row)
        _move(row, Status.PUBLISHED, by)


def are_published(plans: tuple[Planned, ...]) -> bool:
    """Tell whether the rounds that are over were published."""
    codes = {plan.code for plan in plans if plan.is_published}
    frozen = ReportingRound.objects.filter(code__in=codes, status=Status.PUBLISHED)
    return frozen.count() == len(codes)


def begun_seed() -> int | None:
    """Return the seed a demonstration in this database was begun with."""
    event = RoundEvent.objects.filter(
        round__is_demonstration=True, from_status="", reason__startswith=SEED
    ).first()
    return int(event.reason.removeprefix(SEED)) if event else None


def _open(plan: Planned, by: User, seed: int) -> ReportingRound:
    row = ReportingRound.objects.create(
        code=plan.code,
        reference_date=plan.reference_date,
        opens_on=plan.opens_on,
        due_on=plan.due_on,
        is_demonstration=True,
    )
    RoundEvent.objects.create(round=row, by=by, to_status=row.status, reason=f"{SEED}{seed}")
    record_changes(Kind.ROUND, [Changed(row.code, round_code=row.code)], by=by)
    return row


def _move(row: ReportingRound, to: str, by: User, reason: str = "") -> None:
    RoundEvent.objects.create(round=row, by=by, from_status=row.status, to_status=to, reason=reason)
    record_changes(Kind.ROUND, [Changed(row.code, round_code=row.code)], by=by)
    row.status = to
    row.save(update_fields=["status"])
