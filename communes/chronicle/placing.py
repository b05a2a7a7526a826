"""Where each stretch of a unit lay: a version is a stretch below one line of parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communes.chronicle.entries import Version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from communes.chronicle.stretches import Stretch


def place(stretches: Mapping[str, list[Stretch]]) -> dict[str, list[Version]]:
    """Return the versions of each code in their order, parents before what lies in them.

    On days on which what it lay in is not on the map, a unit is not on it either: so every day
    has one map, and every unit on it one parent.
    """
    placed: dict[str, list[Version]] = {}
    for code in stretches:
        for above in _from_the_top(code, stretches, placed):
            placed[above] = _versions(stretches[above], placed)
    return placed


def _from_the_top(
    code: str, stretches: Mapping[str, list[Stretch]], placed: Mapping[str, object]
) -> list[str]:
    """Return what still has to be placed before `code`, and it, the highest first."""
    needed: list[str] = []
    waiting = [code]
    while waiting:
        this = waiting.pop()
        if this in placed or this not in stretches:
            continue
        if this in needed:
            needed.remove(this)
        needed.append(this)
        waiting += {stretch.entry.parent_code for stretch in stretches[this]} - {""}
    return needed[::-1]


def _versions(stretches: list[Stretch], placed: Mapping[str, list[Version]]) -> list[Version]:
    found: list[Version] = []
    for stretch in stretches:
        pieces: list[Version] = []
        for piece in _pieces(stretch, placed):
            if pieces and pieces[-1].path == piece.path and _adjoin(pieces[-1].last, piece.first):
                pieces[-1].last, pieces[-1].parent = piece.last, piece.parent
            else:
                pieces.append(piece)
        found += pieces
    return found


def _pieces(stretch: Stretch, placed: Mapping[str, list[Version]]) -> Iterator[Version]:
    entry = stretch.entry
    if not entry.parent_code:
        yield Version(entry, f"/{entry.code}/", stretch.first, stretch.last)
        return
    for parent in placed.get(entry.parent_code, ()):
        first = _later(stretch.first, parent.first)
        last = _earlier(stretch.last, parent.last)
        if first is None or last is None or first <= last:
            yield Version(entry, f"{parent.path}{entry.code}/", first, last, parent)


def _later(one: date | None, other: date | None) -> date | None:
    return other if one is None else one if other is None else max(one, other)


def _earlier(one: date | None, other: date | None) -> date | None:
    return other if one is None else one if other is None else min(one, other)


def _adjoin(last: date | None, first: date | None) -> bool:
    return last is not None and first is not None and (first - last).days == 1
