"""Works off what the ledger of stale units says is owed, one roll-up at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from communes.changes import Changed, Kind, record_changes
from communes.models import AdministrativeUnit, StaleUnit
from criteria.models import ReportingRound
from ntm_portal.accounts.scope import NATION_PATH
from programme.models import Publication, RollupState, Summary
from programme.publication.publishing import record
from programme.rollup.counters import own_counters
from programme.rollup.places import Places
from programme.rollup.summing import add_summaries_beside, add_tallies_beside, add_up
from programme.rollup.tallies import own_tallies
from programme.rollup.writing import remove_strangers, write_summaries, write_tallies

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

MANY = 2_000  # so many stale units, and the whole map is the shorter way
AT_ONCE = 10_000
MARK = ("pk", "unit_id", "unit__path", "since", "is_map_change")


class Mark(NamedTuple):
    """A mark of the ledger, and where its unit lies."""

    pk: int
    unit_id: int
    path: str
    since: date
    is_map_change: bool


def refresh_stale() -> int:
    """Bring the summaries that are owed up to date; return how many units were owed.

    1. Only one roll-up at a time goes on; another waits, and then finds nothing left to do.
    2. The marks are read once. What is marked from here on stays for the next time.
    3. Each round that is not frozen is brought up to date for the units owed since its day; a
       published one only where its map became known better.
    4. The marks that were read are deleted, in the same transaction.
    """
    if not StaleUnit.objects.exists():
        return 0
    with transaction.atomic():
        state = _lock()
        marks = [Mark(*row) for row in StaleUnit.objects.values_list(*MARK)]
        now = timezone.now()
        for round_ in _rounds_owed(marks):
            _refresh(round_, [mark for mark in marks if _counts(mark, round_)], now)
        _forget(marks)
        if marks:
            state.refreshed_at = now
            state.save(update_fields=["refreshed_at"])
    return len({mark.unit_id for mark in marks})


def rebuild(round_: ReportingRound) -> int:
    """Work out every figure of the round anew, frozen or not; return the number of units."""
    with transaction.atomic():
        state = _lock()
        places = Places.whole(round_.reference_date)
        state.refreshed_at = timezone.now()
        _write(round_, places, state.refreshed_at)
        state.save(update_fields=["refreshed_at"])
    return len(places.by_id)


def _lock() -> RollupState:
    """Wait for whoever is adding up; the first one ever makes the row that is waited for."""
    return RollupState.objects.select_for_update().get_or_create(pk=1)[0]


def _rounds_owed(marks: list[Mark]) -> Iterable[ReportingRound]:
    """Return the rounds that may still move; none of them is published until this is done.

    Where the map on which a published round was counted became known better, it moves too. Those
    who save hold the rounds beside this: nobody waits for the figures.
    """
    if not marks:
        return []
    owed = ReportingRound.objects.not_frozen().filter(
        reference_date__gte=min(mark.since for mark in marks)
    )
    if of_map := [mark.since for mark in marks if mark.is_map_change]:
        owed |= ReportingRound.objects.filter(reference_date__gte=min(of_map))
    return owed.order_by("pk").shared()  # in the order in which others hold several


def _counts(mark: Mark, round_: ReportingRound) -> bool:
    is_owed = mark.is_map_change or round_.status != ReportingRound.Status.PUBLISHED
    return is_owed and mark.since <= round_.reference_date


def _refresh(round_: ReportingRound, marks: list[Mark], now: datetime) -> None:
    """Work the marked units out anew, or everything where that is shorter or rows are lacking."""
    owed = {mark.unit_id: mark.path for mark in marks}
    if len(owed) > MANY or _lacks_rows(round_):
        return _write(round_, Places.whole(round_.reference_date), now)
    places = Places.holding(owed.values(), round_.reference_date)
    if strangers := owed.keys() - places.by_id.keys():
        remove_strangers(round_, strangers)
    return _write(round_, places, now)


def _lacks_rows(round_: ReportingRound) -> bool:
    """Tell whether a unit of the day has no summary: a new round, or a map that changed."""
    found = Summary.objects.filter(unit=OuterRef("pk"), round=round_)
    units = AdministrativeUnit.objects.on(round_.reference_date)
    return units.filter(~Exists(found)).order_by().exists()


def _write(round_: ReportingRound, places: Places, now: datetime) -> None:
    if not round_.is_frozen:
        return _add_up(round_, places, now)
    # The guard of published figures lets this round through until it is counted.
    RollupState.objects.filter(pk=1).update(recounting=round_)
    _add_up(round_, places, now)
    RollupState.objects.filter(pk=1).update(recounting=None)
    if Publication.objects.filter(round=round_).exists():
        record(round_, by=None, reason=_("Counted anew: the map of its day became known better."))
    return None


def _add_up(round_: ReportingRound, places: Places, now: datetime) -> None:
    totals, tallies = own_counters(round_, places), own_tallies(round_, places)
    if places.is_whole:
        remove_strangers(round_)
    else:
        add_summaries_beside(totals, round_, places)
        add_tallies_beside(tallies, round_, places)
    add_up(totals, places)
    add_up(tallies, places)
    write_summaries(totals, round_, now)
    write_tallies(tallies, round_)
    record_changes(Kind.SUMMARY, _changed(round_, places))


def _changed(round_: ReportingRound, places: Places) -> Iterable[Changed]:
    """Name the units that were added up; the whole map in one line."""
    if places.is_whole:
        return [Changed("", NATION_PATH, round_.code)]
    return [
        Changed(place.path.strip("/").split("/")[-1], place.path, round_.code)
        for place in places.by_id.values()
    ]


def _forget(marks: list[Mark]) -> None:
    for start in range(0, len(marks), AT_ONCE):
        read = [mark.pk for mark in marks[start : start + AT_ONCE]]
        StaleUnit.objects.filter(pk__in=read).delete()
