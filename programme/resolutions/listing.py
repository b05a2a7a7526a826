"""An official list brings successions: what stood on former units follows as by a resolution."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction

from communes.loading import load_lists
from communes.models import AdministrativeUnit, FollowUp, Succession
from communes.resolving.foreseeing import Passing
from criteria.assessment.open_rounds import rejudge_open
from criteria.models import Assessment, ReportingRound, Threshold
from programme.resolutions.following import follow, what_follows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from communes.chronicle.entries import Join
    from communes.loading import ListFile, SuccessionFile
    from communes.rewriting import Rewritten
    from programme.resolutions.following import Follow

    Key = tuple[str, str, date]


@transaction.atomic
def load_list(
    item: ListFile, successions: SuccessionFile | None
) -> tuple[Rewritten | None, list[FollowUp]]:
    """Load a list; return what was done to the map, and what followed by it and is to be checked.

    Only successions that were not known before let anything follow: what an administrator has
    taken from somebody since does not come back with another list.
    """
    known = _known()
    rewritten = load_lists([item], successions)
    joins = rewritten.chronicle.joins if rewritten else []
    new = [join for join in joins if _key(join) not in known]
    followed = [row for day, found in _by_day(new) for row in follow(None, found, day)]
    _rejudge(followed)
    return rewritten, followed


def _known() -> set[Key]:
    rows = Succession.objects.order_by()
    return set(rows.values_list("predecessor__code", "successor__code", "effective_date"))


def _key(join: Join) -> Key:
    return (join.predecessor.code, join.successor.code, join.day)


def _by_day(joins: Iterable[Join]) -> Iterator[tuple[date, list[Follow]]]:
    """Yield what follows on each day in turn, once what followed before it is made."""
    found: defaultdict[date, defaultdict[int, list[Join]]] = defaultdict(lambda: defaultdict(list))
    for join in joins:
        found[join.day][id(join.predecessor)].append(join)
    for day, rows in sorted(found.items()):
        passings = [_passing(item) for item in rows.values()]
        yield day, what_follows([item for item in passings if item.is_elsewhere], day)


def _passing(joins: list[Join]) -> Passing:
    joins.sort(key=lambda join: not join.is_main)
    return Passing(joins[0].predecessor, [join.successor for join in joins])


def _rejudge(followed: Iterable[FollowUp]) -> None:
    """Judge anew what is typed in open rounds where levels came from a former province."""
    made = [row.made for row in followed if row.kind == FollowUp.Kind.THRESHOLD and row.made]
    if not made:
        return
    list(ReportingRound.objects.open().select_for_update().order_by("pk"))
    codes = Threshold.objects.filter(pk__in=made).values("province_code")
    paths = AdministrativeUnit.objects.filter(code__in=codes).values_list("path", flat=True)
    rows = Assessment.objects.within(set(paths)).filter(round__in=ReportingRound.objects.open())
    rows = rows.select_related("unit", "round", "criteria_set").order_by("unit__path", "round")
    rejudge_open(rows.select_for_update(of=("self",)))
