"""The guard of the history, lifted for a moment where a test has to take its own rows away."""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from django.db import connection

from criteria.models import AssessmentEvent, LateEntry, RoundEvent, ValueChange, ValueNote

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the later one puts up on PostgreSQL rests on the earlier.
GUARDS = [
    import_module("criteria.migrations.0014_history_is_neither_changed_nor_deleted"),
    import_module("criteria.migrations.0018_late_entries_are_guarded"),
]


@contextmanager
def history_unguarded() -> Iterator[None]:
    """Take the guard down, and put it up again."""
    _settle()
    for guard in reversed(GUARDS):
        _run(guard.removing(connection.vendor))
    try:
        yield
    finally:
        _settle()
        for guard in GUARDS:
            _run(guard.installing(connection.vendor))


def forget_history() -> None:
    """Delete what was recorded: Django's own tidying after a test meets the guard on SQLite."""
    with history_unguarded():
        for model in (ValueChange, AssessmentEvent, RoundEvent, ValueNote, LateEntry):
            model._default_manager.all().delete()


def _settle() -> None:
    """Let PostgreSQL check what it has put off: it alters no table on which something is owed."""
    if connection.vendor == "postgresql":
        _run(iter(["SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"]))


def _run(statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
