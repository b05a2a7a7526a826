"""What became of the titles of the units that others were formed from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from communes.models import Succession
from criteria.models import Recognition
from criteria.recognition.law import merger_rules
from criteria.scoring.mergers import Former, MergerRule, rule_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

Standard = Recognition.Standard


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A unit that went into another, and its decision on the title the day before, if any."""

    succession: Succession
    recognition: Recognition | None


@dataclass(frozen=True, slots=True)
class PassedTitle:
    """A title that some of the former units held, and the rule on it; unknown without a status."""

    unit_id: int
    standard: str
    effective_date: date
    formers: tuple[FormerUnit, ...]
    rule: MergerRule | None

    @property
    def status(self) -> str | None:
        """Return what the rule makes of the title; nothing when nobody could read it."""
        return self.rule.status if self.rule else None

    @property
    def held(self) -> tuple[Recognition, ...]:
        """Return the decisions that the former units held."""
        return tuple(former.recognition for former in self.formers if former.recognition)


def passed_titles(unit_ids: Collection[int]) -> tuple[PassedTitle, ...]:
    """Return the titles of the units that these were formed from, the oldest change first."""
    changes: defaultdict[tuple[int, str, date], list[Succession]] = defaultdict(list)
    rows = Succession.objects.filter(successor_id__in=unit_ids).select_related("predecessor")
    for row in rows.order_by("successor_id", "effective_date", "predecessor__path"):
        changes[row.successor_id, row.kind, row.effective_date].append(row)
    held = _held_by({row.predecessor_id for change in changes.values() for row in change})
    rules = merger_rules() if held else ()
    return tuple(
        passed
        for (unit_id, kind, day), change in changes.items()
        for passed in _passed(unit_id, kind, day, change, held, rules)
    )


def open_titles(unit_ids: Collection[int]) -> list[PassedTitle]:
    """Return what a rule settles and nobody has: each standard of a unit once, the last change."""
    recorded = Recognition.objects.filter(unit_id__in=unit_ids).order_by()
    taken = set(recorded.values_list("unit_id", "standard"))
    latest = {(item.unit_id, item.standard): item for item in passed_titles(unit_ids)}
    return [item for key, item in latest.items() if item.status and key not in taken]


def _held_by(unit_ids: Collection[int]) -> dict[int, list[Recognition]]:
    held: defaultdict[int, list[Recognition]] = defaultdict(list)
    for row in Recognition.objects.filter(unit_id__in=unit_ids).order_by("decision_date"):
        held[row.unit_id].append(row)
    return held


def _passed(
    unit_id: int,
    kind: str,
    day: date,
    change: Sequence[Succession],
    held: dict[int, list[Recognition]],
    rules: Sequence[MergerRule],
) -> Iterator[PassedTitle]:
    last_day = day - timedelta(days=1)
    for standard in Standard:
        formers = tuple(
            FormerUnit(row, _on(held.get(row.predecessor_id, []), standard, last_day))
            for row in change
        )
        if any(former.recognition for former in formers):
            values = [
                Former(item.succession.predecessor.is_in_programme, item.recognition is not None)
                for item in formers
            ]
            rule = rule_for(rules, kind, day, standard, values)
            yield PassedTitle(unit_id, standard, day, formers, rule)


def _on(rows: Sequence[Recognition], standard: str, day: date) -> Recognition | None:
    """Return the decision in force on the day."""
    in_force = (
        row
        for row in rows
        if row.standard == standard
        and row.decision_date <= day
        and (row.revoked_on is None or row.revoked_on > day)
    )
    return next(in_force, None)
