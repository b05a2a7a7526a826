"""The worklist of a round: what is still to do for each commune within reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from communes.models import FollowUp
from criteria import policies
from criteria.merging.formers import formed
from criteria.models import Assessment, ReportingRound
from criteria.presentation.people import NextPerson
from criteria.presentation.pills import Pill
from criteria.presentation.standings import Standing, load_standings
from criteria.presentation.todo import Todo, load_todo
from criteria.querysets import SHOWN

if TYPE_CHECKING:
    from datetime import date

    from criteria.querysets import AssessmentQuerySet
    from ntm_portal.accounts.models import User
    from ntm_portal.accounts.scope import Scope

PER_PAGE = 400
LABELS = {
    "all": _("All"),
    "missing": _("Values missing"),
    "not-met": _("Not met"),
    "untouched": _("Not started"),
    "typing": _("Being typed"),
    "returned": _("Returned"),
    "submitted": _("To verify"),
    "verified": _("Verified"),
    "withdrawn": _("Changed since verified"),
}
PARTS = ("verified", "submitted", "typing", "untouched")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar that says how far the round is, in percent of its width."""

    label: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day a round is due, seen from today."""

    due_on: date
    days_left: int

    @property
    def is_over(self) -> bool:
        """Tell whether the day has passed."""
        return self.days_left < 0


@dataclass(frozen=True, slots=True)
class Owed:
    """Another round in which something waits for her: nothing overdue disappears."""

    code: str
    deadline: Deadline
    count: int
    is_late: bool = False  # entered after it had closed, and to be reviewed by her


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything the page shows, for one reader."""

    round: ReportingRound
    rounds: tuple[ReportingRound, ...]
    deadline: Deadline
    total: int
    parts: tuple[Part, ...]
    todo: Todo
    pills: tuple[Pill, ...]
    show: str
    name: str
    page: Page[Assessment]
    standings: tuple[Standing, ...]
    may_run_rounds: bool
    merged: int  # formed by a merger and not yet assessed
    owed_elsewhere: tuple[Owed, ...]
    followed: int  # what went to successors and nobody looked at, of those she administers

    @property
    def counts(self) -> dict[str, int]:
        """Return how many communes stand how, by the word a template can write."""
        return {pill.key.replace("-", "_"): pill.count for pill in self.pills}


def worklist_of(round_: ReportingRound, scope: Scope) -> AssessmentQuerySet:
    """Return the assessments she works on; those she may read where she works on none."""
    area = scope.write | scope.verify or scope.read
    return Assessment.objects.filter(round=round_).within(area).with_reported()


def load_worklist(
    round_: ReportingRound,
    rows: AssessmentQuerySet,
    kept: AssessmentQuerySet,
    *,
    reader: User,
    asked: dict[str, str],
    today: date,
) -> Worklist:
    """Load the page: all `rows` are counted, those the filters `kept` are listed."""
    counts = _counts(rows)
    show = asked.get("show") or "all"
    page = Paginator(
        kept.for_listing().select_related("criteria_set").telling_late(), PER_PAGE
    ).get_page(asked.get("page"))
    scope = reader.scope
    people = NextPerson.for_reader(reader, scope.write | scope.verify or scope.read)
    return Worklist(
        round=round_,
        rounds=tuple(reversed(ReportingRound.objects.all())),
        deadline=Deadline(round_.due_on, (round_.due_on - today).days),
        total=counts["all"],
        parts=_parts(counts),
        todo=load_todo(rows, reader),
        pills=tuple(
            Pill(key, str(label), counts[key], key == show) for key, label in LABELS.items()
        ),
        show=show,
        name=asked.get("q", ""),
        page=page,
        standings=load_standings(round_, page.object_list, people),
        may_run_rounds=policies.may_run_rounds(scope),
        merged=formed(rows).exclude(status=Assessment.Status.VERIFIED).order_by().count(),
        owed_elsewhere=_owed_elsewhere(round_, reader, today),
        followed=FollowUp.objects.within(scope.administer).to_check().count()
        if scope.administers
        else 0,
    )


def _owed_elsewhere(round_: ReportingRound, reader: User, today: date) -> tuple[Owed, ...]:
    """Return the other rounds with something for her, the longest due first.

    In open ones that is what she has to send; in closed ones what was sent back to her, and what
    was sent late and awaits her review.
    """
    scope, is_closed = reader.scope, Q(round__status=ReportingRound.Status.CLOSED)
    others = Assessment.objects.exclude(round=round_).order_by()
    is_owed = Q(round__status=ReportingRound.Status.OPEN) | is_closed & Q(status="returned")
    to_send = others.within(scope.write).with_officer().filter(is_owed)
    sent_late = others.within(scope.verify).with_verifier().filter(is_closed)
    to_review = sent_late.exclude(submitted_by=reader)
    return tuple(
        Owed(code, Deadline(due_on, (due_on - today).days), many, is_late=is_late)
        for is_late, hers in ((False, to_send), (True, to_review))
        for code, due_on, many in hers.values_list("round__code", "round__due_on")
        .annotate(many=Count("pk"))
        .order_by("round__due_on")
    )


def _counts(rows: AssessmentQuerySet) -> dict[str, int]:
    counted = {key.replace("-", "_"): Count("pk", filter=SHOWN[key]) for key in SHOWN}
    found = rows.order_by().aggregate(all=Count("pk"), **counted)
    return {key.replace("_", "-"): number for key, number in found.items()}


def _parts(counts: dict[str, int]) -> tuple[Part, ...]:
    """Lay the statuses side by side; what was returned is being typed."""
    numbers = counts | {"typing": counts["typing"] + counts["returned"]}
    parts: list[Part] = []
    x = 0.0
    for key in PARTS:
        width = 100 * numbers[key] / counts["all"] if counts["all"] else 0.0
        parts.append(Part(str(LABELS[key]), numbers[key], x, width))
        x += width
    return tuple(parts)
