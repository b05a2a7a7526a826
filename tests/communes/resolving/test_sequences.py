"""Whatever resolutions follow one another, the map holds, sums are kept, all can be taken back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from communes.carrying import Version as Carried
from communes.carrying import addends, place_all
from communes.chronicle.deriving import derive
from communes.chronicle.entries import Entry, Listing
from communes.list_files import NATION
from communes.loading import ListFile, load_lists
from communes.models import AdministrativeUnit, Resolution, Succession
from communes.resolving.acts import Act, Became, Kind
from communes.resolving.entering import enter, leave
from communes.rewriting import rewrite_map

if TYPE_CHECKING:
    from communes.chronicle.entries import Chronicle

LISTED, STEP = date(2020, 1, 1), timedelta(days=30)
KINDS = [Kind.MERGE, Kind.SPLIT, Kind.RENAME, Kind.TRANSFER, Kind.KIND, Kind.DISSOLVE]


def entry(code: str, kind: str, level: str, parent: str) -> Entry:
    return Entry(code, f"Xã {code}", "", code, kind, level, parent, "", "list")


LIST = Listing(
    LISTED,
    {
        "VN": NATION,
        **{code: entry(code, "province", "province", "VN") for code in ("1", "2")},
        **{code: entry(code, "district", "district", code[0]) for code in ("11", "12", "21")},
        **{
            f"{above}{place}": entry(f"{above}{place}", "commune", "commune", above)
            for above in ("11", "12", "21")
            for place in range(3)
        },
    },
)


@dataclass
class Country:
    """The map of the last day, kept in the plainest way, and the acts that led to it."""

    now: dict[str, tuple[str, str, str]] = field(
        default_factory=lambda: {
            code: (item.name, item.kind, item.parent_code) for code, item in LIST.entries.items()
        }
    )
    acts: list[Act] = field(default_factory=list)
    maps: list[dict[str, tuple[str, str, str]]] = field(default_factory=list)

    def do(self, kind: str, one: int, two: int, three: int) -> None:
        """Draw an act of the kind from three numbers, and do it."""
        day = LISTED + STEP * (len(self.acts) + 1)
        communes = sorted(code for code, row in self.now.items() if row[2] in self.districts)
        unit, other = communes[one % len(communes)], communes[two % len(communes)]
        new = f"9{len(self.acts)}"
        name, sort, above = self.now[unit]
        act = None
        if kind == Kind.MERGE and unit != other:
            code = unit if three % 2 else new
            act = self._become(kind, day, [unit, other], [(code, f"Xã {day}", "commune", above)])
        elif kind == Kind.SPLIT:
            first = unit if three % 2 else f"{new}0"
            parts = [(first, name, sort, above), (f"{new}1", f"Xã {day}", "commune", above)]
            act = self._become(kind, day, [unit], parts)
        elif kind == Kind.RENAME:
            act = self._become(kind, day, [unit], [(unit, f"Xã {day}", sort, above)])
        elif kind == Kind.KIND:
            other_sort = "ward" if sort == "commune" else "commune"
            act = self._become(kind, day, [unit], [(unit, f"Khác {day}", other_sort, above)])
        elif kind == Kind.TRANSFER:
            act = self._move(day, unit, two, three)
        elif kind == Kind.DISSOLVE and unit != other:
            act = self._become(kind, day, [unit], [(other, *self.now[other])])
        if act:
            self.acts.append(act)
            self.maps.append(dict(self.now))

    @property
    def districts(self) -> list[str]:
        return [code for code in ("11", "12", "21") if code in self.now]

    def _become(
        self, kind: str, day: date, units: list[str], parts: list[tuple[str, str, str, str]]
    ) -> Act:
        for unit in units:
            del self.now[unit]
        became = []
        for code, name, sort, above in parts:
            self.now[code] = (name, sort, above)
            became.append(Became(code, name, "", sort, "commune", above))
        return Act(kind, day, f"NQ {day}", tuple(units), tuple(became))

    def _move(self, day: date, unit: str, two: int, three: int) -> Act | None:
        """Move a commune to another district, or a district to another province."""
        code = self.districts[two % 3] if three % 3 == 0 else unit
        above = ("1", "2")[two % 2] if code in self.districts else self.districts[two % 3]
        name, sort, former = self.now[code]
        if above == former:
            return None
        self.now[code] = (name, sort, above)
        return Act(Kind.TRANSFER, day, f"NQ {day}", (code,), (Became(code, parent_code=above),))


numbers = st.integers(0, 20)
steps = st.lists(st.tuples(st.sampled_from(KINDS), numbers, numbers, numbers), max_size=7)


def country_of(drawn: list[tuple[str, int, int, int]]) -> Country:
    country = Country()
    for step in drawn:
        country.do(*step)
    return country


def chronicle_of(acts: list[Act]) -> Chronicle:
    said = [row for act in acts for row in act.said()]
    return derive([LIST, *(act.listing() for act in acts)], said)


@settings(max_examples=100, deadline=None)
@given(steps, st.randoms(use_true_random=False))
def test_every_day_has_one_map_and_each_unit_on_it_one_parent(
    drawn: list[tuple[str, int, int, int]], random: Any
) -> None:
    country = country_of(drawn)
    shuffled = random.sample(country.acts, len(country.acts))
    chronicle = chronicle_of(shuffled)  # in whatever order they are entered
    for act, wanted in zip(country.acts, country.maps, strict=True):
        units = [item for item in chronicle.versions if item.is_on(act.day)]
        assert len({item.code for item in units}) == len(units)
        found = {
            item.code: (item.entry.name, item.entry.kind, item.entry.parent_code) for item in units
        }
        assert found == wanted
        for item in units:
            assert item.parent is None or item.parent in units
            assert item.path == f"{item.parent.path if item.parent else '/'}{item.code}/"
    by_code: dict[str, list[Any]] = {}
    for item in chronicle.versions:
        by_code.setdefault(item.code, []).append(item)
    for versions in by_code.values():
        for former, latter in pairwise(versions):
            assert former.last is not None
            assert latter.first is not None
            assert former.last < latter.first
    assert not any(item.is_unresolved for item in chronicle.versions)


@settings(max_examples=100, deadline=None)
@given(steps)
def test_sums_are_kept(drawn: list[tuple[str, int, int, int]]) -> None:
    country = country_of(drawn)
    chronicle = chronicle_of(country.acts)
    keys = {id(item): place for place, item in enumerate(chronicle.versions, 1)}
    versions = [
        Carried(
            keys[id(item)], keys[id(item.parent)] if item.parent else None, item.path,
            item.first, item.last,
        )
        for item in chronicle.versions
    ]  # fmt: skip
    pairs = [(keys[id(join.predecessor)], keys[id(join.successor)]) for join in chronicle.joins]
    placed = place_all(versions, pairs, LISTED + STEP * 99)
    then = [item for item in versions if item.is_on(LISTED)]
    sums = {item.pk: sum(1 for other in then if other.path.startswith(item.path)) for item in then}
    carried: Counter[str] = Counter()
    for pk, path, sign in addends(versions, placed):
        carried[path] += sign * sums.get(pk, 0)
    assert carried["/VN/"] == len(then)


FACTS = ("predecessor_id", "successor_id", "kind", "effective_date", "legal_ref", "is_main")


def rows() -> list[Any]:
    units = list(AdministrativeUnit.objects.order_by("pk").values())
    return [units, sorted(Succession.objects.values_list(*FACTS))]


@pytest.mark.django_db
@settings(max_examples=15, deadline=None)
@given(steps)
def test_taking_back_restores_every_row(drawn: list[tuple[str, int, int, int]]) -> None:
    country = country_of(drawn)
    with transaction.atomic():
        load_lists([ListFile(LIST, "list")])
        stood, entered = [rows()], []
        for act in country.acts:
            resolution = Resolution.objects.create(
                kind=act.kind, effective_date=act.day, legal_ref=act.legal_ref, path="/VN/"
            )
            enter(resolution, act)
            rewrite_map()
            entered.append(resolution)
            stood.append(rows())
        stood.pop()
        while entered:
            leave(entered.pop())
            rewrite_map()
            assert rows() == stood.pop()
        transaction.set_rollback(True)
