"""CSV of a whole list as PostgreSQL itself writes it: byte for byte what `formats.as_csv` writes.

Each column is asked for in the form it has in the file, by the field of the serializer that
describes it. Where a column has no such form, or the database is another, there is no copy, and the
rows are written one by one.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from rest_framework import serializers

from ntm_portal.lib.formats import csv_head
from ntm_portal.lib.piping import piped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from ntm_portal.lib.formats import Writing
    from ntm_portal.lib.tables import Table

AS_IT_IS = (serializers.IntegerField, serializers.DateField)  # written alike by both
TEXTS = (serializers.CharField, serializers.ChoiceField)
FORMULA = "^([=+@\t\r])"  # as in `formats`
MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.US'
YEARS = range(1980, 2101)  # of every moment that the portal writes down


# Rows of any model, described by any serializer, hence Any, here and below.
def copied(rows: QuerySet[Any], table: Table, writing: Writing) -> Iterator[bytes] | None:
    """Return all rows as CSV, by key, from one statement; nothing where that cannot be had."""
    if connection.vendor != "postgresql" or len(table.names) == 1 or rows.query.distinct:
        return None  # with one column alone, an empty cell has to be seen as a line
    cells = [_cell(table, name, writing) for name in table.names]
    if any(cell is None for cell in cells):
        return None
    chosen = {f"cell_{place}": cell for place, cell in enumerate(cells)}
    plain = rows.select_related(None).prefetch_related(None).order_by("pk")
    return _lines(plain.annotate(**chosen).values_list(*chosen), table.names, writing)


def _lines(rows: QuerySet[Any, Any], names: Sequence[str], writing: Writing) -> Iterator[bytes]:
    yield csv_head(names, writing)
    try:
        statement, params = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:  # the query contradicts itself, which Django sees without asking
        return
    with connection.cursor() as cursor:
        asked = cursor.cursor.mogrify(statement, params).decode()
        options = f"FORMAT csv, DELIMITER '{writing.separator}'"
        yield from piped(cursor, f"COPY ({asked}) TO STDOUT WITH ({options})")


def _cell(table: Table, name: str, writing: Writing) -> Combinable | None:
    """Return a column as it is written; nothing where only Python can write it."""
    field = table.fields[name]
    if (computed := table.computed.get(name)) is not None:
        return computed.written(table.context) if computed.written else None
    column = F("__".join(field.source.split(".")))
    if isinstance(field, TEXTS):
        return _text(column, writing)
    if isinstance(field, serializers.BooleanField):
        return Cast(column, TextField())
    if isinstance(field, serializers.DecimalField):
        return _decimal(field, column, writing)
    if isinstance(field, serializers.DateTimeField):
        return _moment(column)
    return column if isinstance(field, AS_IT_IS) else None


def _text(column: F, writing: Writing) -> Combinable:
    """Return a text; an empty one is written as nothing is, without quotes."""
    text: Combinable = Cast(column, TextField())
    if writing.has_bom:
        text = _called("regexp_replace", text, Value(FORMULA), Value(r"'\1"))
    return _called("nullif", text, Value(""))


def _decimal(field: serializers.DecimalField, column: F, writing: Writing) -> Combinable:
    number = _called("trim_scale", column) if field.normalize_output else column
    if writing.separator != ";":
        return number
    return _called("replace", Cast(number, TextField()), Value("."), Value(","))


def _moment(column: F) -> Combinable | None:
    zone = timezone.get_current_timezone()
    if (offset := only_offset(zone)) is None:
        return None
    local = _called("timezone", Value(str(zone)), column)
    text = _called("to_char", local, Value(f'{MOMENT}"{offset}"'))
    return _called(
        "replace", text, Value(".000000"), Value("")
    )  # as Python leaves out what says nothing


@cache
def only_offset(zone: tzinfo) -> str | None:
    """Return how far the clocks of a zone are from UTC; nothing where that changes in a year."""
    days = (datetime(year, month, 1, tzinfo=zone) for year in YEARS for month in (1, 7))
    found = {day.isoformat()[-6:] for day in days}
    return found.pop() if len(found) == 1 else None


def _called(function: str, *words: Combinable) -> Func:
    return Func(*words, function=function, output_field=TextField())
