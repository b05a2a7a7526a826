"""A database of its own with the whole demonstration, and what the measurements pick from it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

LOADERS = ("load_map", "load_criteria", "load_targets", "load_demonstration")


@contextmanager
def ground() -> Iterator[None]:
    """Make the database beside the one that DATABASE_URL names, fill it, and drop it after."""
    if connection.vendor == "sqlite":  # otherwise it would be in memory, which no portal is
        connection.settings_dict["TEST"]["NAME"] = str(Path(settings.VAR_DIR) / "bench.sqlite3")
    settings.ALLOWED_HOSTS = ["testserver"]  # and no more: a test's templates would be slower
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        for loader in LOADERS:
            call_command(loader)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        call_command("collectstatic", verbosity=0, interactive=False)
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
