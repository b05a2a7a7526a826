"""Rows by the hundred thousand, past the ORM: ids taken in advance, then COPY or executemany.

The largest tables would take minutes as model instances. Rows come in as tuples in the order of
the columns, ready for the database: numbers as Decimal, moments as `moment` gives them.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import CharField, Max, TextField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import Model

Row = tuple[Any, ...]  # a row of a table: whatever its columns hold


def moment(at: datetime) -> Any:
    """Return `at` as the database takes it (text on SQLite)."""
    return connection.ops.adapt_datetimefield_value(at)


def reserve(model: type[Model], count: int) -> list[int]:
    """Return that many fresh ids: of the sequence, or past the last one where a lock is held."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [model._meta.db_table, count],
            )
            return [pk for (pk,) in cursor.fetchall()]
    last = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
    return list(range(last + 1, last + 1 + count))


def write(model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert the rows into the columns (`id`, `unit_id` …) of the model's table."""
    names = ", ".join(map(connection.ops.quote_name, columns))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            texts = _texts(model, columns)
            forced = f", FORCE_NOT_NULL ({', '.join(texts)})" if texts else ""
            copy = f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv{forced})"
            cursor.copy_expert(copy, _csv(rows))
        else:
            marks = ", ".join(["%s"] * len(columns))
            insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  (our own names)
            cursor.executemany(insert, rows)


def take_stock() -> None:
    """Tell the database how large its tables have become, before they are read together.

    PostgreSQL does so by itself, but later: until then it takes them for empty, and a query over
    all values of a round, a second's work, goes on for minutes.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _csv(rows: Sequence[Row]) -> io.StringIO:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    text.seek(0)
    return text


def _texts(model: type[Model], columns: Sequence[str]) -> list[str]:
    """Return the columns in which nothing written is an empty text, not NULL."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    return [
        connection.ops.quote_name(name)
        for name in columns
        if isinstance(fields[name], CharField | TextField) and not fields[name].null
    ]
