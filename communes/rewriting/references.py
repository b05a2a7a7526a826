"""Rows of all rooms that refer to a unit: kept on the version that was in force on their day.

A model says with `unit_day` which of its fields, or of those it leads to, holds that day; one
without a day stays on the unit it names, and what is worked out anew anyway says so with None.
With `unit_is_its_own` it says that it never goes to what its unit became: that is another unit.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import ManyToOneRel, UniqueConstraint

from communes.models import (
    Addend,
    AdministrativeUnit,
    Placement,
    StaleUnit,
    Succession,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from django.db.models import Model

    from communes.chronicle.entries import Chronicle, Version

    Row = tuple[int, int, date | None]  # its key, the unit it names, its day

FEW = 400  # keys in one condition
OF_THE_MAP: tuple[type[Model], ...] = (
    Addend,
    AdministrativeUnit,
    Placement,
    StaleUnit,
    Succession,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names a unit, and where its day is found."""

    model: type[Model]
    field: str
    day: str
    is_own: bool

    @property
    def label(self) -> str:
        """Return what it is called among others."""
        return f"{self.model._meta.label_lower}.{self.field}"


@dataclass
class Moved:
    """Which rows were put on another version, by the label of the reference, and which not."""

    rows: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    left: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many rows were put on another version."""
        return sum(map(len, self.rows.values()))


def references() -> Iterator[Reference]:
    """Yield every field of another room that names a unit and is not worked out anew."""
    for relation in AdministrativeUnit._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel):
            continue
        model = relation.related_model
        if not isinstance(model, str) and model not in OF_THE_MAP:
            day = _day_of(model)
            if day is not None:
                is_own = getattr(model, "unit_is_its_own", False)
                yield Reference(model, relation.field.name, day, is_own)


def _day_of(model: type[Model]) -> str | None:
    """Return where the day is found; a row between two models has that of its owner."""
    owner: Any = model._meta.auto_created
    if not owner:
        return getattr(model, "unit_day", "")
    day = getattr(owner, "unit_day", "")
    return f"{owner._meta.model_name}__{day}" if day else day


def move_references(
    chronicle: Chronicle, keys: Mapping[int, int], shifted: Collection[int]
) -> Moved:
    """Put the rows that refer to `shifted` versions on those that were in force on their day."""
    moved = Moved()
    referring = [(item, list(_rows(item, shifted))) for item in references()] if shifted else []
    if any(rows for _item, rows in referring):
        finding = _Finding(chronicle, keys)
        finding.learn_codes(shifted)
        for reference, rows in referring:
            _move(reference, rows, finding, moved)
    return moved


def _move(reference: Reference, rows: Iterable[Row], finding: _Finding, moved: Moved) -> None:
    taken = _Taken(reference)
    targets: defaultdict[int, list[int]] = defaultdict(list)
    for pk, unit_id, day in rows:
        target = finding.version_for(unit_id, day, is_own=reference.is_own)
        if target in (None, unit_id):
            continue
        if taken.allows(pk, target):
            targets[target].append(pk)
        else:
            moved.left.append(f"{reference.model._meta.verbose_name} {pk}")
    for target, pks in targets.items():
        for start in range(0, len(pks), FEW):
            found = reference.model._default_manager.filter(pk__in=pks[start : start + FEW])
            found.update(**{f"{reference.field}_id": target})
        moved.rows[reference.label] += pks


def _rows(reference: Reference, shifted: Collection[int]) -> Iterator[Row]:
    rows = reference.model._default_manager.order_by()
    fields = ["pk", f"{reference.field}_id", *([reference.day] if reference.day else [])]
    if len(shifted) <= FEW:
        rows = rows.filter(**{f"{reference.field}__in": list(shifted)})
    for pk, unit_id, *day in rows.values_list(*fields):
        if unit_id in shifted:
            yield pk, unit_id, day[0] if day else None


class _Taken:
    """The places that a unique constraint leaves free for a row that moves."""

    def __init__(self, reference: Reference) -> None:
        self.field = reference.field
        self.manager = reference.model._default_manager
        self.constraints: list[tuple[str, ...]] = [
            tuple(constraint.fields)
            for constraint in reference.model._meta.constraints
            if isinstance(constraint, UniqueConstraint) and self.field in constraint.fields
        ]
        together = map(tuple, reference.model._meta.unique_together)
        self.constraints += [fields for fields in together if self.field in fields]
        self.known: list[tuple[dict[int, tuple[Any, ...]], set[tuple[Any, ...]]]] = []

    def allows(self, pk: int, target: int) -> bool:
        """Tell whether the row may go to the version, and if so take the place."""
        if not self.known:
            self.known = [self._read(fields) for fields in self.constraints]
        wanted: list[tuple[Any, ...]] = []
        for fields, (rows, places) in zip(self.constraints, self.known, strict=True):
            place = list(rows[pk])
            place[fields.index(self.field)] = target
            wanted.append(tuple(place))
            if wanted[-1] in places:
                return False
        for taken, (_rows, places) in zip(wanted, self.known, strict=True):
            places.add(taken)
        return True

    def _read(
        self, fields: Sequence[str]
    ) -> tuple[dict[int, tuple[Any, ...]], set[tuple[Any, ...]]]:
        rows = {pk: tuple(row) for pk, *row in self.manager.values_list("pk", *fields)}
        return rows, set(rows.values())


class _Finding:
    """Finds the version of a unit that a row of some day means."""

    def __init__(self, chronicle: Chronicle, keys: Mapping[int, int]) -> None:
        self.keys = keys
        self.by_key = {keys[id(version)]: version for version in chronicle.versions}
        self.by_code: defaultdict[str, list[Version]] = defaultdict(list)
        for version in chronicle.versions:
            self.by_code[version.code].append(version)
        self.before: defaultdict[int, list[Version]] = defaultdict(list)
        self.after: defaultdict[int, list[Version]] = defaultdict(list)
        for join in sorted(chronicle.joins, key=lambda item: not item.is_main):
            self.before[id(join.successor)].append(join.predecessor)
            self.after[id(join.predecessor)].append(join.successor)
        self.codes: dict[int, str] = {}

    def learn_codes(self, pks: Collection[int]) -> None:
        """Read the codes of rows, of which some are no version any more."""
        gone = [pk for pk in pks if pk not in self.by_key]
        self.codes = dict(AdministrativeUnit.objects.filter(pk__in=gone).values_list("pk", "code"))

    def version_for(self, unit_id: int, day: date | None, *, is_own: bool = False) -> int | None:
        """Return the key of the version in force on the day, in this line of units."""
        here = self.by_key.get(unit_id)
        versions = self.by_code[here.code if here else self.codes[unit_id]]
        if day is None:
            found = here or (versions[-1] if versions else None)
        else:
            found = self._on(versions, here, day, is_own=is_own)
        return self.keys[id(found)] if found else None

    def _on(
        self, versions: list[Version], here: Version | None, day: date, *, is_own: bool
    ) -> Version | None:
        if here and here.is_on(day):
            return here
        found = next((version for version in versions if version.is_on(day)), None)
        near = here or (versions[-1] if versions else None)
        if found or near is None or is_own:
            return found or near
        is_earlier = near.first is not None and day < near.first
        return self._follow(near, day, self.before if is_earlier else self.after) or near

    def _follow(
        self, version: Version, day: date, ways: Mapping[int, list[Version]]
    ) -> Version | None:
        for other in ways.get(id(version), ()):
            if other.is_on(day):
                return other
            if found := self._follow(other, day, ways):
                return found
        return None
