"""Bulletins: who subscribed to a unit is told when a target of it turns or a round is published.

Both are looked for from time to time instead of being told by those who save: a figure that goes up
and down within minutes is no news, and the room that publishes knows nothing of bulletins.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from communes.models import AdministrativeUnit
from criteria.models import ReportingRound, RoundEvent
from criteria.models.assessments import Basis
from ntm_portal.accounts.models import Assignment
from ntm_portal.accounts.scope import Scope
from ntm_portal.mail import links
from ntm_portal.mail.services import Draft, send
from programme.dashboard.figures import share
from programme.dashboard.targets import standings_of
from programme.models import Subscription, Summary, Target, TargetState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from ntm_portal.accounts.models import User
    from programme.dashboard.targets import TargetStanding

KIND = "bulletin"
PUBLISHED = ReportingRound.Status.PUBLISHED
LOOKED_BACK = timedelta(days=7)  # a worker that stood still for a week is told of by others


@transaction.atomic
def send_bulletins() -> int:
    """Tell every subscriber what is new, each thing once; return how many letters were written."""
    now = timezone.now()
    return send(KIND, [*_of_targets(now), *_of_rounds(now)])


def _of_targets(now: datetime) -> Iterator[Draft]:
    turned = _turned(now)
    readers = _readers({found.target.unit_code for found in turned})
    for standing in turned:
        target = standing.target
        for person, unit, _since in readers[target.unit_code]:
            path = reverse("target-detail", args=[unit.code, target.code])
            about = {
                "event": "target",
                "unit": unit,
                "standing": standing,
                "is_demonstration": standing.round.is_demonstration,
                "address": links.absolute(f"{path}?round={standing.round.code}"),
            }
            turns = target.state.turns
            yield Draft(person, f"target:{target.code}:{turns}", about)


def _turned(now: datetime) -> list[TargetStanding]:
    """Return the targets that were met and are not any more, or the other way round.

    What cannot be said yet turns nothing. The first time that it can is only noted down.
    """
    round_ = ReportingRound.objects.all().current()
    if round_ is None:
        return []
    targets = Target.objects.select_related("state").order_by("position", "code")
    decided = [item for item in standings_of(targets, round_) if item.is_met is not None]
    locked = TargetState.objects.select_for_update().filter(
        target__in=[item.target.pk for item in decided]
    )
    states = {state.target_id: state for state in locked}
    new, turned = [], []
    for found in decided:
        state = states.get(found.target.pk)
        if state is None:
            new.append(TargetState(target=found.target, is_met=found.is_met is True, since=now))
        elif state.is_met != found.is_met:
            state.is_met, state.turns, state.since = found.is_met is True, state.turns + 1, now
            found.target.state = state
            turned.append(found)
    TargetState.objects.bulk_create(new, ignore_conflicts=True)
    TargetState.objects.bulk_update(
        [found.target.state for found in turned], ["is_met", "turns", "since"]
    )
    return turned


def _of_rounds(now: datetime) -> Iterator[Draft]:
    events = list(
        RoundEvent.objects.filter(
            to_status=PUBLISHED, round__status=PUBLISHED, at__gt=now - LOOKED_BACK
        ).select_related("round")
    )
    if not events:
        return
    readers = _readers(None)
    figures = _figures(readers, events)
    for event in events:
        for code, subscribers in readers.items():
            row = figures.get((code, event.round_id))
            for person, unit, since in subscribers:
                if since > event.at or row is None:
                    continue
                query = f"?round={event.round.code}"
                about = {
                    "event": "published",
                    "unit": unit,
                    "round": event.round,
                    "row": row,
                    "is_demonstration": event.round.is_demonstration,
                    "share": share(row.certified, row.communes),
                    "address": links.absolute(reverse("place-detail", args=[code]) + query),
                    "reports": links.absolute(reverse("report-list", args=[code]) + query),
                }
                yield Draft(person, f"published:{event.pk}:{code}", about)


def _figures(
    codes: Iterable[str], events: Sequence[RoundEvent]
) -> Mapping[tuple[str, int], Summary]:
    rows = Summary.objects.filter(
        unit__code__in=list(codes),
        round__in=[event.round_id for event in events],
        basis=Basis.REPORTED,
    ).select_related("unit")
    return {(row.unit.code, row.round_id): row for row in rows}


Reader = tuple["User", AdministrativeUnit, "datetime"]


def _readers(codes: set[str] | None) -> Mapping[str, list[Reader]]:
    """Return by unit who subscribed to it and may read it now, and since when; three queries."""
    found: defaultdict[str, list[Reader]] = defaultdict(list)
    running = Subscription.objects.filter(ended_at=None).select_related("person")
    if codes is not None:
        running = running.filter(unit_code__in=codes)
    rows = list(running)
    if not rows:
        return found
    units = _newest({row.unit_code for row in rows})
    scopes = _scopes({row.person for row in rows})
    for row in rows:
        unit = units.get(row.unit_code)
        if unit is not None and scopes[row.person_id].may_read(unit.path):
            found[row.unit_code].append((row.person, unit, row.begun_at))
    return found


def _newest(codes: set[str]) -> Mapping[str, AdministrativeUnit]:
    """Return the newest version of each unit."""
    units = AdministrativeUnit.objects.filter(code__in=codes).order_by(
        F("valid_to").asc(nulls_last=True)
    )
    return {unit.code: unit for unit in units}


def _scopes(people: set[User]) -> Mapping[int, Scope]:
    """Return what each may read, in one query for all of them."""
    held: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for item in Assignment.objects.filter(user__in=people).select_related("unit"):
        held[item.user_id].append((item.role, item.unit.path))
    return {
        person.pk: Scope.of(
            held[person.pk] if person.is_active else (),
            is_superuser=person.is_active and person.is_superuser,
        )
        for person in people
    }
