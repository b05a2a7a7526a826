"""Rows of another table told as one value beside a row: they cost no query of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import (
    Aggregate,
    DecimalField,
    F,
    Field,
    JSONField,
    Model,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, JSONObject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

ModelT = TypeVar("ModelT", bound=Model)


class _JSONArray(Aggregate):
    """The values of a group as one JSON array."""

    function = "JSONB_AGG"
    output_field = JSONField()

    # What Django hands on is its own business, hence Any.
    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it as SQLite calls it."""
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)


def beside(rows: QuerySet[Any]) -> Subquery:
    """Return all fields of these rows, which refer to the outer one, as one annotation."""
    fields = {item.attname: _exact(item) for item in rows.model._meta.concrete_fields}
    alike = rows.order_by().annotate(json_group=Value(1)).values("json_group")
    return Subquery(
        alike.annotate(json_rows=_JSONArray(JSONObject(**fields))).values("json_rows"),
        output_field=JSONField(),
    )


def _exact(field: Field[Any, Any]) -> F | Cast:
    """Return a field as JSON keeps it: decimals as text, for a JSON number is not exact."""
    is_decimal = isinstance(field, DecimalField)
    return Cast(field.attname, TextField()) if is_decimal else F(field.attname)


def of(model: type[ModelT], told: Iterable[dict[str, Any]] | None) -> list[ModelT]:
    """Return the rows that `beside` told, in no order."""
    fields = model._meta.concrete_fields
    return [
        model(**{item.attname: item.to_python(row[item.attname]) for item in fields})
        for row in told or ()
    ]
