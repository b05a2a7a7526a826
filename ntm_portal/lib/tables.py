"""Rows of a list straight from the database to the reader: no model is built on the way.

A serializer names and describes the fields; where each of them is a column, or is computed from
columns (`Computed`), its rows are read as tuples. What is not asked for is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from rest_framework import serializers

from ntm_portal.lib.rendering import Rows

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

CHUNK = 2000
# Cells are of every type that JSON or CSV can hold, hence Any, here and below.
Reading = Callable[..., Any]
AS_IT_IS = (
    serializers.CharField,
    serializers.IntegerField,
    serializers.ChoiceField,
    serializers.BooleanField,
    serializers.JSONField,
)


@dataclass(frozen=True, slots=True)
class Computed:
    """A field that is worked out from columns, by `read(context, *values)`.

    `written` is the same for the database, where it can tell: nothing where it cannot.
    """

    columns: tuple[str, ...]
    read: Reading
    written: Callable[[Any], Combinable | None] | None = None


@dataclass(frozen=True, slots=True)
class _Field:
    """Where the columns of a field are in a row, and how they are read."""

    name: str
    first: int
    last: int
    read: Reading | None
    is_computed: bool

    def values(self, columns: Sequence[Sequence[Any]], context: Any) -> Sequence[Any]:
        """Return the field of many rows: a column at a time costs far less than a cell."""
        if self.is_computed:
            read = self.read or _never
            return [
                read(context, *cells)
                for cells in zip(*columns[self.first : self.last], strict=True)
            ]
        column = columns[self.first]
        if (read_one := self.read) is None:
            return column
        return [None if value is None else read_one(value) for value in column]


def _never(*_values: Any) -> None:
    """Stand where a computed field has no reading, which none has."""


class Table:
    """The fields of a serializer as columns of a query."""

    def __init__(self, serializer: serializers.BaseSerializer[Any], names: Sequence[str]) -> None:
        self.names = names
        self.context = serializer.context
        self.fields: Mapping[str, Any] = serializer.fields  # type: ignore[attr-defined]  # every one here has fields
        self.computed: Mapping[str, Computed] = getattr(serializer, "computed", {})
        self.columns: list[str] = ["pk"]
        self._fields = [self._field(name) for name in names]

    def page(self, rows: Sequence[Sequence[Any]]) -> Rows:
        """Return what JSON shows of the rows of a page, each beginning with its key."""
        return Rows(self.names, self._read(rows) if rows else ())

    def cells(self, rows: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
        """Yield the cells of each row, as text where JSON has no better."""
        yields = iter(rows)
        while lot := list(islice(yields, CHUNK)):
            yield from zip(*self._read(lot), strict=True)

    def select(self, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
        """Return the query for these columns, the key first."""
        return rows.select_related(None).prefetch_related(None).values_list(*self.columns)

    def stream(self, rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
        """Yield the cells of all rows, by key, few of them in memory at a time."""
        return self.cells(self.select(rows).order_by("pk").iterator(chunk_size=CHUNK))

    def _read(self, rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
        columns = list(zip(*rows, strict=True))
        return [plan.values(columns, self.context) for plan in self._fields]

    def _field(self, name: str) -> _Field:
        field, computed = self.fields[name], self.computed.get(name)
        columns = computed.columns if computed else ("__".join(field.source.split(".")),)
        first = len(self.columns)
        self.columns += columns
        read = computed.read if computed else _reading(field)
        return _Field(name, first, len(self.columns), read, computed is not None)


def is_flat(serializer: serializers.BaseSerializer[Any]) -> bool:
    """Tell whether every field of the serializer is a column, or computed from columns."""
    computed = getattr(serializer, "computed", {})
    fields = getattr(serializer, "fields", {})
    return bool(fields) and all(
        name in computed
        or not isinstance(field, serializers.BaseSerializer | serializers.SerializerMethodField)
        for name, field in fields.items()
    )


def _reading(field: serializers.Field[Any, Any, Any, Any]) -> Reading | None:
    """Return how a value of the column is written; nothing where it stays as it is."""
    if isinstance(field, serializers.DecimalField):
        return plain_decimal if field.normalize_output else _fixed_decimal
    if isinstance(field, serializers.DateTimeField):
        zone = timezone.get_current_timezone()  # asked once, not for every cell
        return _remembered(lambda value: value.astimezone(zone).isoformat())
    if isinstance(field, serializers.DateField):
        return _remembered(_day)
    return None if isinstance(field, AS_IT_IS) else field.to_representation


def _remembered(read: Reading) -> Reading:
    """Read what many rows have in common once: a day, or when all were added up."""
    return lru_cache(CHUNK)(read)


def plain_decimal(value: Decimal) -> str:
    """Write a number without the zeros that say nothing: 61.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def moment(value: datetime) -> str:
    """Write a moment in the portal's own time."""
    return value.astimezone(timezone.get_current_timezone()).isoformat()


def _fixed_decimal(value: Decimal) -> str:
    return f"{value:f}"


def _day(value: date) -> str:
    return value.isoformat()
