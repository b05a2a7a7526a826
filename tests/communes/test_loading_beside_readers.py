"""While a list is loaded, everybody reads the map as it was before; a second load waits."""

from __future__ import annotations

from datetime import date
from threading import Event
from typing import TYPE_CHECKING, Any

from communes.list_files import read_list
from communes.loading import ListFile, load_lists
from communes.models import AdministrativeUnit
from communes.rewriting.successions import write_successions
from tests.communes.lists import CITY, DOAN_KET, HEADING, IA_CHIM, KON_TUM, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

OLD, NEW = date(2020, 6, 1), date(2025, 7, 1)


def test_a_reader_neither_waits_for_a_load_nor_sees_half_of_it(
    side_by_side: Callable[..., list[Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, HEADING, KON_TUM, CITY, DOAN_KET, IA_CHIM)
    load_lists([ListFile(read_list(path, OLD), "old.csv")])
    half_written, was_read = Event(), Event()

    def slowly(*args: Any) -> tuple[int, int, int]:
        half_written.set()
        assert was_read.wait(timeout=10)
        return write_successions(*args)

    def load() -> int:
        two_levels = written(tmp_path, HEADING, KON_TUM, DOAN_KET.replace("608", "62"))
        load_lists([ListFile(read_list(two_levels, NEW), "new.csv")])
        return AdministrativeUnit.objects.on(NEW).count()

    def read() -> int:
        assert half_written.wait(timeout=10)
        try:
            return AdministrativeUnit.objects.on(NEW).count()
        finally:
            was_read.set()

    monkeypatch.setattr("communes.rewriting.rewrite.write_successions", slowly)
    monkeypatch.setattr("communes.services.ask_for_rollup", lambda: None)
    assert side_by_side(load, read) == [3, 5]


def test_two_loads_at_once_make_the_map_of_both(
    side_by_side: Callable[..., list[Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communes.services.ask_for_rollup", lambda: None)
    lists = {
        OLD: written(tmp_path, HEADING, KON_TUM, CITY, DOAN_KET, name="old.csv"),
        NEW: written(tmp_path, HEADING, KON_TUM, CITY, IA_CHIM, name="new.csv"),
    }

    def load(day: date) -> Callable[[], object]:
        return lambda: load_lists([ListFile(read_list(lists[day], day), lists[day].name)])

    def read() -> list[set[str]]:
        units = AdministrativeUnit.objects.filter(level="commune")
        return [set(units.on(day).values_list("code", flat=True)) for day in (OLD, NEW)]

    side_by_side(load(OLD), load(NEW))
    assert side_by_side(read) == [[{"23329"}, {"23326"}]]
