"""The whole map of all days from all that is known: the same, whatever was learned first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communes.chronicle.entries import Change, Chronicle
from communes.chronicle.joining import Joining
from communes.chronicle.placing import place
from communes.chronicle.stretches import stretches, whole_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from communes.chronicle.entries import Listing, Said


def derive(listings: Iterable[Listing], said: Sequence[Said]) -> Chronicle:
    """Work out versions and what joins them.

    1. Between each two lists, say from when to when every code stood for which unit.
    2. Place these stretches below their parents: that makes versions.
    3. Join versions by successions; a unit that only changed follows itself.
    4. A unit that is gone, and of which nobody says what it became, is unresolved.
    """
    lists = whole_lists(listings)
    placed = place(stretches(lists, said))
    joining = Joining(placed, _in_a_fixed_order(said))
    joins = joining.joins()
    followed = {id(join.predecessor) for join in joins}
    abolished = {(row.predecessor, row.day) for row in said if row.kind == Change.ABOLISH}
    versions = [version for found in placed.values() for version in found]
    for version in versions:
        is_gone = version.last is not None and id(version) not in followed
        version.is_unresolved = is_gone and not any(
            code == version.code and day and version.last and day > version.last
            for code, day in abolished
        )
    return Chronicle(versions, joins, joining.reused())


def _in_a_fixed_order(said: Iterable[Said]) -> list[Said]:
    return sorted(said, key=lambda row: (str(row.day), row.predecessor, row.successor, row.kind))
