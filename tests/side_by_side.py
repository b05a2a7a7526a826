"""Work that tests really do side by side."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections

from tests.history import forget_history

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Work = Callable[[], Any]  # what it returns is the test's own affair


@pytest.fixture
def side_by_side(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., list[Any]]]:
    """Give a function that does several pieces of work at once, each on its own connection.

    SQLite in memory cannot be shared, so there the work is done on a copy in a file, as in
    production; what the test does itself after that is not seen by the work.
    """
    copy = tmp_path / "side-by-side.sqlite3"

    def run(*works: Work) -> list[Any]:
        if connection.vendor == "sqlite" and not copy.exists():
            with sqlite3.connect(copy) as target:
                connection.connection.backup(target)
            target.close()
            patch.setitem(connections.settings["default"], "NAME", str(copy))
        with ThreadPoolExecutor(len(works)) as pool:
            return list(pool.map(_alone, works))

    # A patch of its own: the name must be back before the test's database is cleaned up.
    with pytest.MonkeyPatch.context() as patch:
        yield run
    if connection.vendor == "sqlite":  # where all is deleted after the test, row by row
        forget_history()


def _alone(work: Work) -> Any:
    try:
        return work()
    finally:
        connection.close()
