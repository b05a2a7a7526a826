"""A resolution kept as a draft, applied to the map with all that follows, or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from communes.models import FollowUp, Resolution, ResolutionStep
from communes.resolving.entering import enter, holding_path, leave
from communes.rewriting import rewrite_map
from criteria.assessment.open_rounds import rejudge_open
from criteria.models import IndicatorValue, ReportingRound
from ntm_portal.lib.errors import DomainError
from programme.resolutions.following import follow, undo
from programme.resolutions.foreseeing import foresee, open_on
from programme.resolutions.resting import what_rests

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from communes.resolving.acts import Act
    from communes.rewriting import Rewritten
    from ntm_portal.accounts.models import User

Step = ResolutionStep.Kind


@transaction.atomic
def keep(
    act: Act, content: dict[str, str], *, by: User, draft: Resolution | None = None
) -> Resolution:
    """Keep what was typed; nothing of the map changes."""
    path = _reach(act, by)
    resolution = draft or Resolution()
    if draft and not draft.is_draft:
        raise DomainError(_("It has been applied: take it back to change it."), code="applied")
    resolution.kind, resolution.effective_date = act.kind, act.day
    resolution.legal_ref, resolution.path, resolution.content = act.legal_ref, path, content
    resolution.save()
    ResolutionStep.objects.create(resolution=resolution, kind=Step.TYPED, by=by)
    return resolution


@transaction.atomic
def apply(resolution_id: int, act: Act, *, by: User) -> Resolution:
    """Make the resolution a source of the map, and let follow what follows.

    1. The open rounds are held: nobody types or publishes in between.
    2. What follows is worked out before the map changes, and made after it.
    3. What is typed in open rounds for the units is judged anew.
    """
    resolution = _held(resolution_id, by)
    if not resolution.is_draft:
        raise DomainError(_("It has been applied already."), code="applied")
    _reach(act, by)
    _hold_open_rounds()
    effects = foresee(act)
    if effects.changes_nothing:
        raise DomainError(_("It would change nothing: the map says so already."), code="nothing")
    enter(resolution, act)
    rewritten = rewrite_map(by=by)
    follow(resolution, effects.follows, act.day)
    changed = (*effects.foreseen.former, *effects.foreseen.coming)
    _rejudge(act.day, (item.path for item in changed))
    resolution.status = Resolution.Status.APPLIED
    resolution.moved = dict(rewritten.references.rows)
    resolution.save(update_fields=["status", "moved"])
    _record(resolution, Step.APPLIED, rewritten, by)
    return resolution


@transaction.atomic
def withdraw(resolution_id: int, *, by: User) -> Resolution:
    """Take an applied resolution back, as long as nothing rests on it."""
    resolution = _held(resolution_id, by)
    if not resolution.is_applied:
        raise DomainError(_("It is not applied."), code="not-applied")
    _hold_open_rounds()
    if what_rests(resolution):
        raise DomainError(_("Something rests on it by now; it cannot be taken back."), code="rests")
    day = resolution.effective_date
    levels = resolution.follow_ups.filter(kind=FollowUp.Kind.THRESHOLD).exclude(made=None)
    values = IndicatorValue.objects.filter(threshold__in=levels.values("made"))
    judged = set(values.values_list("assessment__unit__path", flat=True))
    values.update(threshold=None)
    undo(resolution)
    leave(resolution)
    rewritten = rewrite_map(by=by)
    units = rewritten.units
    paths = {row.path for row in (*units.added, *units.changed)}
    paths |= {row.path for row in units.removed}
    _rejudge(day, judged | paths)
    resolution.status, resolution.moved = Resolution.Status.WITHDRAWN, {}
    resolution.save(update_fields=["status", "moved"])
    _record(resolution, Step.WITHDRAWN, rewritten, by)
    return resolution


@transaction.atomic
def discard(resolution_id: int, *, by: User) -> None:
    """Throw a draft away."""
    resolution = _held(resolution_id, by)
    if not resolution.is_draft:
        raise DomainError(_("It has been applied: take it back to change it."), code="applied")
    resolution.delete()


def _held(resolution_id: int, by: User) -> Resolution:
    resolution = Resolution.objects.select_for_update().get(pk=resolution_id)
    if not by.scope.may_administer(resolution.path):
        raise DomainError(_("You do not administer all of these units."), code="not-allowed")
    return resolution


def _reach(act: Act, by: User) -> str:
    path = holding_path(act)
    if not by.scope.may_administer(path):
        raise DomainError(_("You do not administer all of these units."), code="not-allowed")
    return path


def _hold_open_rounds() -> None:
    list(ReportingRound.objects.open().select_for_update().order_by("pk"))


def _rejudge(day: date, paths: Iterable[str]) -> None:
    rejudge_open(open_on(day, paths).select_for_update(of=("self",)))


def _record(resolution: Resolution, kind: str, rewritten: Rewritten, by: User) -> None:
    units = rewritten.units
    ResolutionStep.objects.create(
        resolution=resolution,
        kind=kind,
        by=by,
        units=len(units.added) + len(units.changed) + len(units.removed),
        successions=sum(rewritten.successions),
        rows=rewritten.references.count,
    )
