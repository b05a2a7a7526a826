"""A list as a stream: all rows that were asked for, few of them in memory at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import StreamingHttpResponse
from rest_framework import serializers

from ntm_portal.lib.copying import copied
from ntm_portal.lib.formats import (
    CsvRenderer,
    NdjsonRenderer,
    Writing,
    as_csv,
    as_ndjson,
    flattened,
)
from ntm_portal.lib.tables import CHUNK, Table, is_flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet
    from rest_framework.request import Request

STREAMS = {renderer.format: renderer for renderer in (CsvRenderer, NdjsonRenderer)}


# Of rows of any model, hence Any, here and below.
def stream_of(
    request: Request,
    rows: QuerySet[Any],
    serializer: serializers.Serializer[Any],
    names: Sequence[str],
) -> StreamingHttpResponse:
    """Return all rows in the format that was agreed on."""
    if not is_flat(serializer):
        columns = _all_columns(serializer, names)
        cells = _built(serializer, rows, columns)
        return _written(request, columns, cells, _decimals(serializer, columns))
    table = Table(serializer, names)
    is_csv = request.accepted_renderer.format == CsvRenderer.format
    if is_csv and (lines := copied(rows, table, Writing.asked(request))) is not None:
        return _response(request, lines)
    return _written(request, names, table.stream(rows), _decimals(serializer, names))


def rows_in_format(
    request: Request, rows: Iterable[Mapping[str, Any]], names: Sequence[str]
) -> StreamingHttpResponse:
    """Return rows that are worked out, not stored, in the format that was agreed on."""
    return _written(request, names, ([row[name] for name in names] for row in rows), frozenset())


def _written(
    request: Request,
    columns: Sequence[str],
    cells: Iterable[Sequence[Any]],
    decimals: frozenset[int],
) -> StreamingHttpResponse:
    if request.accepted_renderer.format == CsvRenderer.format:
        return _response(request, as_csv(columns, cells, Writing.asked(request), decimals))
    return _response(request, as_ndjson(columns, cells))


def _response(request: Request, lines: Iterator[bytes]) -> StreamingHttpResponse:
    renderer = STREAMS[request.accepted_renderer.format]
    charset = "; charset=utf-8" if renderer is CsvRenderer else ""
    response = StreamingHttpResponse(lines, content_type=f"{renderer.media_type}{charset}")
    name = request.path.rstrip("/").rpartition("/")[2]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{renderer.format}"'
    return response


def _all_columns(serializer: serializers.Serializer[Any], names: Sequence[str]) -> list[str]:
    """Return the columns of rows that are more than columns: those of what they hold."""
    return [column for name in names for column in _columns(name, serializer.fields[name])]


def _columns(name: str, field: serializers.Field[Any, Any, Any, Any]) -> list[str]:
    method = getattr(field.parent, f"get_{name}", None)
    described = getattr(method, "_spectacular_annotation", {})  # what `extend_schema_field` noted
    inner = described.get("field", field)
    if isinstance(inner, serializers.Serializer):
        return [f"{name}.{own}" for own in inner.fields]
    return [name]


def _built(
    serializer: serializers.Serializer[Any], rows: QuerySet[Any], columns: Sequence[str]
) -> Iterator[list[Any]]:
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK // 4):
        flat = flattened(serializer.to_representation(row))
        yield [flat.get(column) for column in columns]


def _decimals(serializer: serializers.Serializer[Any], columns: Sequence[str]) -> frozenset[int]:
    fields = serializer.fields
    return frozenset(
        place
        for place, name in enumerate(columns)
        if isinstance(fields.get(name), serializers.DecimalField)
    )
