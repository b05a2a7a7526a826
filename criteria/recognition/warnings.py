"""Units that hold a title and meet a ground of its revocation, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from communes.models import AdministrativeUnit
from criteria.models import Recognition
from criteria.recognition.failing import failing_criteria
from criteria.recognition.law import titles
from criteria.recognition.lost_shares import lost_shares
from criteria.scoring.titles import Title, revocable_near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from criteria.recognition.reasons import Reason


@dataclass(frozen=True, slots=True)
class Warned:
    """A recognition that could be revoked, and why."""

    recognition: Recognition
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Warnings:
    """The list of a day, the law it rests on, and the titles whose grounds nobody could read."""

    day: date
    law: tuple[Title, ...]
    warned: tuple[Warned, ...]
    unread: tuple[Title, ...]

    @property
    def is_law_in_force(self) -> bool:
        """Tell whether the grounds are those of the day itself."""
        return all(title.is_in_force(self.day) for title in self.law)


def warnings_of(paths: Collection[str], day: date) -> Warnings:
    """Return the units at or below `paths` that meet a ground of revocation on `day`."""
    known = titles()
    law = revocable_near(known, day)
    on_map = AdministrativeUnit.objects.on(day).order_by().values("pk")
    in_force = Recognition.objects.in_force(day).within(paths).filter(unit__in=on_map)
    held = in_force.filter(_by_one_of(law))
    found: defaultdict[tuple[int, str], list[Reason]] = defaultdict(list)
    for reason in (*failing_criteria(held, law, day), *lost_shares(held, law, day)):
        found[reason.unit_id, reason.standard].append(reason)
    rows = held.filter(unit__in={unit_id for unit_id, _standard in found})
    return Warnings(
        day=day,
        law=law,
        warned=tuple(
            Warned(row, tuple(found[row.unit_id, row.standard]))
            for row in rows.select_related("unit__parent").order_by("unit__path", "standard", "pk")
            if (row.unit_id, row.standard) in found
        ),
        unread=tuple(item for item in known if item.is_in_force(day) and not item.is_revocable),
    )


def _by_one_of(law: Iterable[Title]) -> Q:
    """Return the condition "a recognition by one of these titles"."""
    conditions = (
        Q(standard=item.standard, unit__level=item.level, unit__kind__in=item.kinds) for item in law
    )
    return reduce(or_, conditions, Q(pk__in=[]))
