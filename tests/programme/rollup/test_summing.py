"""Adding up, on maps of any shape."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from programme.rollup.places import Place, Places
from programme.rollup.summing import add_up

DAY = date(2020, 12, 31)
Own = list[tuple[int | None, int]]  # of each unit the place of its parent in the list, and a count


@st.composite
def maps(draw: st.DrawFn) -> Own:
    """Draw a map of one nation: every later unit lies in an earlier one."""
    counts = draw(st.lists(st.integers(0, 500), min_size=1, max_size=40))
    parents = [draw(st.integers(0, place - 1)) for place in range(1, len(counts))]
    return list(zip([None, *parents], counts, strict=True))


def places_of(units: Own) -> Places:
    by_id: dict[int, Place] = {}
    for pk, (parent, _count) in enumerate(units):
        path = f"{by_id[parent].path if parent is not None else '/'}{pk}/"
        by_id[pk] = Place(parent, path, "", is_in_programme=False)
    return Places(by_id, frozenset(), DAY, is_whole=True)


@given(maps())
def test_the_nation_is_the_sum_of_all_that_lies_in_it(units: Own) -> None:
    totals = {pk: Counter({"any": count}) for pk, (_parent, count) in enumerate(units)}
    add_up(totals, places_of(units))
    assert totals[0]["any"] == sum(count for _parent, count in units)


@given(maps())
def test_every_unit_is_its_own_and_its_childrens(units: Own) -> None:
    totals = {pk: Counter({"any": count}) for pk, (_parent, count) in enumerate(units)}
    add_up(totals, places_of(units))
    for pk, (_parent, count) in enumerate(units):
        children = [child for child, (parent, _count) in enumerate(units) if parent == pk]
        assert totals[pk]["any"] == count + sum(totals[child]["any"] for child in children)
