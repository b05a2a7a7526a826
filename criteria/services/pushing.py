"""Values that another system sends: row by row or all or nothing, tried or done, answered in order.

Who sends a row names the unit, the round and what is measured; saving itself is `save_many`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import Assessment, CriterionVerdict, IndicatorValue, ValueChange
from criteria.models.assessments import Basis
from criteria.services.bulk import BulkRefused, save_many
from criteria.services.changing import Entry, ValueConflict
from criteria.services.commenting import note_comments
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from criteria.scoring.verdicts import Typed
    from ntm_portal.accounts.models import User

Place = tuple[int, str]  # an assessment and the code of what is measured
Channel = ValueChange.Channel
CHANGED, UNCHANGED, REFUSED, HELD = "changed", "unchanged", "refused", "held_back"
ONLY_NEW, ONLY_OLD = "new", "old"


@dataclass(frozen=True, slots=True)
class Row:
    """One value as it was sent; without a version it is written over whatever stands.

    `criteria_set` says by which set the measure is meant, where the sender knows; `comment` is
    noted on the value unless it was noted before; `only` leaves alone what is new, or what is not.
    """

    unit: str
    round_code: str
    measure: str
    typed: Typed
    version: int | None = None
    criteria_set: str = ""
    comment: str = ""
    only: str = ""  # or ONLY_NEW, ONLY_OLD
    late_reason: str = ""  # where its round has closed


UNREAD = Row("", "", "", None)


@dataclass(slots=True)
class Fate:
    """What became of a row; a refused one says why, a conflict also what stands."""

    status: str = CHANGED
    error: DomainError | None = None
    was_typed: bool = False  # something stood there before


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict on a criterion that is another than before."""

    unit: str
    round_code: str
    criterion: str
    before: str | None
    after: str

    def since(self, before: str | None) -> Verdict:
        """Return the same change, told from an earlier verdict on."""
        return replace(self, before=before)


@dataclass(frozen=True, slots=True)
class Pushed:
    """The fate of each row, in the order of the rows, and the verdicts that changed."""

    fates: Sequence[Fate]
    verdicts: Sequence[Verdict] = field(default_factory=tuple)
    is_written: bool = False

    def count(self, status: str) -> int:
        """Return how many rows met this fate."""
        return sum(fate.status == status for fate in self.fates)


@transaction.atomic
def push(
    rows: Sequence[Row | DomainError],
    *,
    by: User,
    is_all_or_nothing: bool = True,
    is_trial: bool = False,
) -> Pushed:
    """Save the rows and say of each what became of it; a trial undoes everything at the end.

    All or nothing: one refused row, and none is written. Otherwise those that hold are. A row
    that could not be read is in its place as what is wrong with it.
    """
    fates = [Fate(REFUSED, row) if isinstance(row, DomainError) else Fate() for row in rows]
    read = [UNREAD if isinstance(row, DomainError) else row for row in rows]
    places = _places(read, fates, by)
    standing = _standing(places.values())
    before = _verdicts(places.values())
    for index, place in list(places.items()):
        value = standing.get(place)
        fates[index].was_typed = value is not None and value.typed is not None
        if _is_left_alone(read[index], fates[index]):
            del places[index]
        if index not in places or _stands(value, read[index]):
            fates[index].status = UNCHANGED
    is_written = _save(read, fates, places, standing, by, is_all_or_nothing=is_all_or_nothing)
    if is_written:
        note_comments(
            {
                place: read[index].comment
                for index, place in places.items()
                if read[index].comment and fates[index].status != REFUSED
            },
            by=by,
        )
    else:
        _hold_back(fates)
    after = _verdicts(places.values()) if is_written else before
    transaction.set_rollback(is_trial)
    changed = tuple(_changed(before, after))
    return Pushed(fates, changed, is_written=is_written and not is_trial)


def _places(rows: Sequence[Row], fates: Sequence[Fate], by: User) -> dict[int, Place]:
    """Return, by the index of a row, where it goes; what goes nowhere is refused."""
    readable = Assessment.objects.within(by.scope.read).filter(
        unit__code__in={row.unit for row in rows}, round__code__in={row.round_code for row in rows}
    )
    known: dict[tuple[str, str, str], int] = {}
    for key, unit, round_code, set_code in readable.order_by("pk").values_list(
        "pk", "unit__code", "round__code", "criteria_set__code"
    ):
        known[unit, round_code, set_code] = known[unit, round_code, ""] = key
    taken: set[Place] = set()
    places: dict[int, Place] = {}
    for index, row in enumerate(rows):
        if row is UNREAD:
            continue
        pk = known.get((row.unit, row.round_code, row.criteria_set))
        if pk is None:
            words = {"unit": row.unit, "round": row.round_code}
            sentence = _("There is no assessment of unit “%(unit)s” in round “%(round)s” for you.")
            _refuse(fates[index], DomainError(sentence % words, code="unknown-assessment"))
        elif (pk, row.measure) in taken:
            sentence = _("This value was sent already, further up.")
            _refuse(fates[index], DomainError(sentence, code="sent-twice"))
        else:
            taken.add((pk, row.measure))
            places[index] = (pk, row.measure)
    return places


def _save(
    rows: Sequence[Row],
    fates: Sequence[Fate],
    places: dict[int, Place],
    standing: Mapping[Place, IndicatorValue],
    by: User,
    *,
    is_all_or_nothing: bool,
) -> bool:
    """Save what holds, and note why the rest does not; tell whether anything was written."""
    while left := {i: place for i, place in places.items() if fates[i].status != REFUSED}:
        if is_all_or_nothing and any(fate.status == REFUSED for fate in fates):
            return False
        entries: defaultdict[int, list[Entry]] = defaultdict(list)
        reasons = {pk: said for i, (pk, _) in left.items() if (said := rows[i].late_reason)}
        for index, (pk, code) in left.items():
            seen = rows[index].version
            if seen is None and (value := standing.get((pk, code))):
                seen = value.version
            entries[pk].append(Entry(code, rows[index].typed, seen))
        try:
            with transaction.atomic():
                save_many(entries, by=by, channel=Channel.API, late_reasons=reasons)
        except BulkRefused as refused:
            _note(refused, left, fates)
            continue
        return True
    return False


def _note(refused: BulkRefused, left: Mapping[int, Place], fates: Sequence[Fate]) -> None:
    """Give each refusal to its row; one without a code is for every row of its assessment."""
    indexes: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for index, (pk, code) in left.items():
        indexes[pk, code].append(index)
        indexes[pk, ""].append(index)
    for refusal in refused.refusals:
        for index in indexes[refusal.assessment_id, refusal.code]:
            _refuse(fates[index], refusal.error)


def _is_left_alone(row: Row, fate: Fate) -> bool:
    """Tell whether the sender wants nothing done here: only new values, or only known ones."""
    return row.only == (ONLY_NEW if fate.was_typed else ONLY_OLD)


def _stands(value: IndicatorValue | None, row: Row) -> bool:
    """Tell whether the row says what stands; what was only carried over is confirmed by it."""
    if value is None:
        return row.typed is None
    return value.typed == row.typed and not value.is_carried


def _hold_back(fates: Sequence[Fate]) -> None:
    """Say of rows that hold that they were not written, because others were refused."""
    for fate in fates:
        if fate.status == CHANGED:
            fate.status = HELD


def _refuse(fate: Fate, error: DomainError) -> None:
    fate.status, fate.error = REFUSED, error


def _standing(places: Iterable[Place]) -> dict[Place, IndicatorValue]:
    keys = set(places)
    values = IndicatorValue.objects.filter(
        assessment__in={pk for pk, _code in keys}, measure__code__in={code for _pk, code in keys}
    ).select_related("measure")
    return {(value.assessment_id, value.measure.code): value for value in values}


def _verdicts(places: Iterable[Place]) -> dict[tuple[str, str, str], str]:
    rows = CriterionVerdict.objects.filter(
        outcome__assessment__in={pk for pk, _code in places}, outcome__basis=Basis.REPORTED
    ).order_by("outcome__assessment__unit__path", "criterion__position")
    found = rows.values_list(
        "outcome__assessment__unit__code",
        "outcome__assessment__round__code",
        "criterion__code",
        "verdict",
    )
    return {(unit, round_code, code): verdict for unit, round_code, code, verdict in found}


def _changed(
    before: Mapping[tuple[str, str, str], str], after: Mapping[tuple[str, str, str], str]
) -> Iterable[Verdict]:
    for key, verdict in after.items():
        if before.get(key) != verdict:
            yield Verdict(*key, before.get(key), verdict)


def is_conflict(fate: Fate) -> bool:
    """Tell whether somebody else changed the value since it was seen."""
    return isinstance(fate.error, ValueConflict)
