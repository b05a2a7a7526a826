"""`python -m benchmarks.lists FOLDER`: official lists loaded into an empty database, one by one.

FOLDER holds the lists and `successions.csv`. On PostgreSQL each load is compared with the bare
database: COPY of both files, and the load's own statements once more on the same tables. Both
are told in seconds of processor, of this process and of the server's that serves it, since a
machine that others use too stretches the seconds of the clock; where the server runs on another
machine, or the system does not tell, the clock is all there is.
"""

from __future__ import annotations

import io
import logging
import os
import sys
import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAYS = {
    "2019-09-11": "units-2019-09-11.csv",
    "2020-06-01": "units-2020-06-01.csv",
    "2025-06-30": "units-2025-06.csv",
    "2025-07-01": "units-2025-07.csv",
    "2026-10-01": "units-2026-10.csv",
}
COUNTS = {
    "2019-09-11": (8_913, 11_161),
    "2020-06-01": (8_297, 10_614),
    "2025-06-30": (7_692, 10_035),
    "2025-07-01": (2_621, 3_321),
    "2026-10-01": (2_599, 3_321),
}
MOST_SECONDS = 60
TABLES = [  # those that a load writes, what is referred to first
    "communes_unitlist",
    "communes_listedunit",
    "communes_saidsuccession",
    "communes_administrativeunit",
    "communes_succession",
    "communes_placement",
    "communes_addend",
    "communes_staleunit",
    "communes_placedmap",
    "communes_change",
]


def main() -> None:
    """Load the lists in their order and print how long each took."""
    with TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ntm_portal.settings")
        django.setup()
        logging.disable(logging.INFO)
        with _empty_database():
            _measure(Path(sys.argv[1]))


def _measure(folder: Path) -> None:
    from django.db import connection  # noqa: PLC0415  (needs Django's settings)

    bare = _Bare() if connection.vendor == "postgresql" else None
    print(f"{'':<12} {'clock, s':>10} {'portal, s':>10} {'bare, s':>10} {'ratio':>6}")
    for day, name in DAYS.items():
        with connection.execute_wrapper(bare.hear) if bare else nullcontext():
            spent = _spent(partial(_load, folder, day, name))
        assert spent.clock <= MOST_SECONDS, (day, spent)
        line = f"{day:<12} {spent.clock:>10.2f} {spent.least:>10.2f}"
        if bare:
            least = bare.replay(folder / name, folder / "successions.csv").least
            line += f" {least:>10.2f} {spent.least / least:>6.1f}"
        print(line, flush=True)
    from communes.models import AdministrativeUnit  # noqa: PLC0415  (needs Django's settings)

    for day, counts in COUNTS.items():
        units = AdministrativeUnit.objects.on(date.fromisoformat(day)).filter(level="commune")
        assert (units.filter(kind="commune").count(), units.count()) == counts, day


def _load(folder: Path, day: str, name: str) -> None:
    from django.core.management import call_command  # noqa: PLC0415  (needs Django's settings)

    said = folder / "successions.csv"
    call_command(
        "load_units", folder / name, f"--date={day}", f"--successions={said}", stdout=io.StringIO()
    )


class _Bare:
    """The same tables a second time, on which the statements of a load are done once more."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any]] = []
        _run("CREATE SCHEMA bare")
        for table in TABLES:
            _run(f"CREATE TABLE bare.{table} (LIKE public.{table} INCLUDING ALL)")
        keys = _run(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)",
            [TABLES],
        )
        _run("SET search_path TO bare, public")
        for table, definition in keys:
            _run(f"ALTER TABLE bare.{table} ADD {definition}")
        _run("SET search_path TO public")

    # What Django hands to a wrapper of statements it does not type.
    def hear(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  (Django calls it so)
        """Note a statement as the portal does it."""
        self.heard.append((sql, params))
        return execute(sql, params, many, context)

    def replay(self, *files: Path) -> Spent:
        """Copy the files and do the statements once more; return what it took."""
        from django.db import connection, transaction  # noqa: PLC0415  (needs Django's settings)

        texts = [path.read_text(encoding="utf-8") for path in files]
        for number, text in enumerate(texts):
            columns = ", ".join(
                f"{name} text" for name in text.split("\n", 1)[0].strip().split(",")
            )
            _run(f"DROP TABLE IF EXISTS bare.file_{number}")
            _run(f"CREATE TABLE bare.file_{number} ({columns})")
        _run("SET search_path TO bare, public")

        def do() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                for number, text in enumerate(texts):
                    # The driver's own cursor, of which Django's types know nothing.
                    driver: Any = cursor.cursor
                    order = f"COPY bare.file_{number} FROM STDIN WITH (FORMAT csv, HEADER)"
                    driver.copy_expert(order, io.StringIO(text))
                for sql, params in self.heard:
                    cursor.execute(sql, params)
                    if cursor.description:
                        cursor.fetchall()

        spent = _spent(do)
        self.heard.clear()
        _run("SET search_path TO public")
        return spent


# What a row holds depends on the statement, hence Any.
def _run(statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    from django.db import connection  # noqa: PLC0415  (needs Django's settings)

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


@dataclass(frozen=True, slots=True)
class Spent:
    """The seconds of the clock, and those of processor on both sides where they are told."""

    clock: float
    processor: float | None

    @property
    def least(self) -> float:
        """Return what others on the machine stretch least."""
        return self.clock if self.processor is None else self.processor


def _spent(do: Callable[[], object]) -> Spent:
    start, before = time.perf_counter(), _processor()
    do()
    clock, after = time.perf_counter() - start, _processor()
    return Spent(clock, None if before is None or after is None else after - before)


def _processor() -> float | None:
    """Return the seconds of processor so far, of this process and of its server's if it is here."""
    from django.db import connection  # noqa: PLC0415  (needs Django's settings)

    if connection.vendor == "sqlite":  # its server is this process
        return time.process_time()
    ((pid, is_here),) = _run(
        "SELECT pg_backend_pid(), coalesce(host(inet_server_addr()) IN ('127.0.0.1', '::1'), true)"
    )
    told = Path(f"/proc/{pid}")
    if not is_here or not told.exists() or "postgres" not in (told / "comm").read_text():
        return None
    return time.process_time() + int((told / "schedstat").read_text().split()[0]) / 1e9


@contextmanager
def _empty_database() -> Iterator[None]:
    from django.conf import settings  # noqa: PLC0415  (needs Django's settings)
    from django.db import connection  # noqa: PLC0415  (needs Django's settings)

    from communes.loading import load_regions  # noqa: PLC0415  (needs Django's settings)
    from communes.management.commands.load_map import DATA  # noqa: PLC0415  (the same)
    from communes.map_files import read_regions  # noqa: PLC0415  (needs Django's settings)

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(Path(settings.VAR_DIR) / "lists.sqlite3")
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        load_regions(read_regions(DATA / "regions.csv"))
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
