"""Mails about rounds: what comes back at once, what is due, and a digest of what is to do."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from criteria.models import Assessment, AssessmentEvent, ReportingRound
from ntm_portal.accounts.models import Assignment
from ntm_portal.mail import links
from ntm_portal.mail.services import Draft, send

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from ntm_portal.accounts.models import User

RETURNED, DUE, DIGEST = "round-returned", "round-due", "round-digest"
DAYS_BEFORE = (14, 7, 3, 1, 0)
EVERY_DAYS_OVERDUE = 7
MONDAY = 0
Status = Assessment.Status
Role = Assignment.Role


@transaction.atomic
def remind(today: date) -> int:
    """Tell officers what is due or overdue, and on Mondays everybody what is to do.

    A round is told of 14, 7, 3 and 1 days before its day and on it, then every week while
    something is owed: nothing overdue is forgotten. Twice a day is as once.
    """
    written = 0
    for round_ in ReportingRound.objects.open():
        days_left = (round_.due_on - today).days
        owed = _by_person(round_)
        about = {"round": round_, "days_left": days_left, "late": -days_left}
        key = f"{round_.code} {today.isoformat()}"
        if _is_told(days_left):
            written += send(DUE, _due(owed, key, about))
        if today.weekday() == MONDAY:
            written += send(DIGEST, _digest(owed, key, about))
    return written


def tell_returned(event: AssessmentEvent) -> None:
    """Tell the officers of the unit, in the caller's transaction, what came back and why."""
    unit = event.assessment.unit
    address = links.absolute(reverse("assessment-detail", args=[event.assessment_id]))
    about = {"unit": unit, "event": event, "address": address}
    officers = _officers_of(unit.path, event.assessment.submitted_by)
    send(RETURNED, [Draft(person, str(event.pk), about) for person in officers])


def _officers_of(path: str, sender: User | None) -> set[User]:
    """Return who sent it, and the officers of the nearest area that it lies in."""
    codes = path.strip("/").split("/")
    held = Assignment.objects.filter(role=Role.OFFICER, unit__code__in=codes)
    near: defaultdict[str, set[User]] = defaultdict(set)
    for assignment in held.select_related("user", "unit"):
        if path.startswith(assignment.unit.path):
            near[assignment.unit.path].add(assignment.user)
    nearest = near[max(near, key=len)] if near else set()
    return nearest | ({sender} if sender else set())


def _is_told(days_left: int) -> bool:
    return days_left in DAYS_BEFORE or (days_left < 0 and -days_left % EVERY_DAYS_OVERDUE == 0)


def _by_person(round_: ReportingRound) -> dict[User, Counter[str]]:
    """Return how many assessments stand how for each officer and verifier; three queries."""
    rows = list(round_.assessments.values_list("unit__path", "status", "submitted_by_id"))
    found: defaultdict[User, Counter[str]] = defaultdict(Counter)
    held = Assignment.objects.filter(role__in=[Role.OFFICER, Role.VERIFIER], user__is_active=True)
    areas: defaultdict[tuple[User, str], set[str]] = defaultdict(set)
    for assignment in held.select_related("user", "unit"):
        areas[assignment.user, assignment.role].add(assignment.unit.path)
    counted: dict[tuple[frozenset[str], str], Counter[tuple[str, int | None]]] = {}
    for (person, role), paths in areas.items():
        key = (frozenset(paths), role)
        if key not in counted:
            counted[key] = Counter(
                (status, sender)
                for path, status, sender in rows
                if any(path.startswith(area) for area in paths)
            )
        found[person].update(_hers(counted[key], person, role))
    return found


def _hers(counted: Mapping[tuple[str, int | None], int], person: User, role: str) -> dict[str, int]:
    """Return what she types, or what she verifies and did not send herself."""
    own: Counter[str] = Counter()
    for (status, sender), number in counted.items():
        if (role == Role.OFFICER and status in {Status.DRAFT, Status.RETURNED}) or (
            role == Role.VERIFIER and status == Status.SUBMITTED and sender != person.pk
        ):
            own[status] += number
    return own


def _due(
    owed: Mapping[User, Counter[str]], key: str, about: Mapping[str, object]
) -> Iterator[Draft]:
    for person, counts in owed.items():
        if count := counts[Status.DRAFT] + counts[Status.RETURNED]:
            yield Draft(person, key, {**about, "count": count, "address": _address(about)})


def _digest(
    owed: Mapping[User, Counter[str]], key: str, about: Mapping[str, object]
) -> Iterable[Draft]:
    for person, counts in owed.items():
        if counts.total():
            words = {str(status): counts[status] for status in Status}
            yield Draft(person, key, {**about, **words, "address": _address(about)})


def _address(about: Mapping[str, object]) -> str:
    return links.absolute(reverse("worklist", args=[getattr(about["round"], "code", "")]))
