"""What the endpoints of the API share: formats, fields, what has not changed, invented data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from django.db.models import Model
from django.utils.cache import patch_vary_headers
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from ntm_portal.lib.formats import CsvRenderer, NdjsonRenderer, chosen_fields
from ntm_portal.lib.openapi import EndpointSchema
from ntm_portal.lib.refusals import NotModified
from ntm_portal.lib.rendering import Rows
from ntm_portal.lib.streaming import STREAMS, stream_of
from ntm_portal.lib.tables import Table, is_flat

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.http.response import HttpResponseBase
    from rest_framework.renderers import BaseRenderer
    from rest_framework.request import Request

ModelT = TypeVar("ModelT", bound=Model)
# As the framework hands them over and as JSON can hold, hence Any, here and below.
Fields = serializers.Serializer[Any]


class ReadEndpoint(GenericViewSet[ModelT]):
    """A list that is read, by those who may read where its rows belong.

    Endpoints that change with the ledger of changes derive from `communes.api.LedgerEndpoint`.
    """

    schema = EndpointSchema()
    is_public: ClassVar[bool] = False  # read without a token, where the portal's owner allows it

    @property
    def readable(self) -> Collection[str]:
        """Return the paths of the map at and below which the reader may read."""
        scope = getattr(self.request.user, "scope", None)  # the people's room lies above this one
        return () if scope is None else scope.read

    def version(self) -> str | None:
        """Return what changes whenever the answer may; nothing where that is not known."""
        return None

    def get_renderers(self) -> Sequence[BaseRenderer]:  # type: ignore[override]  # more than a list
        """Offer lists in every format, one row as JSON."""
        is_list = getattr(self, "action", "") == "list"
        return [*super().get_renderers(), *((CsvRenderer(), NdjsonRenderer()) if is_list else ())]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Admit the reader, and send nothing to one who has it already."""
        super().initial(request, *args, **kwargs)
        self.etag = self.version() if request.method in {"GET", "HEAD"} else None
        if self.etag and self.etag in _known_to(request):
            raise NotModified(self.etag)

    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        """Return a page as JSON, or a stream of all rows in another format."""
        rows = self.filter_queryset(self.get_queryset())
        serializer = cast("Fields", self.get_serializer())
        names = chosen_fields(request, [*serializer.fields])
        if request.accepted_renderer.format in STREAMS:
            return stream_of(request, rows, serializer, names)
        if is_flat(serializer):
            table = Table(serializer, names)
            lines = self.paginate_queryset(table.select(rows))
            return self.get_paginated_response(table.page(lines or ()))
        page = map(serializer.to_representation, self.paginate_queryset(rows) or ())
        return self.get_paginated_response([{name: row[name] for name in names} for row in page])

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """Say what the answer depends on, and whether any of its rows is demonstration."""
        if _shows_demonstration(getattr(response, "data", None)):
            response.headers["X-Demonstration"] = "true"
        if (etag := getattr(self, "etag", None)) and response.status_code == 200:
            response.headers["ETag"] = f'"{etag}"'
            response.headers["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Accept", "Accept-Language", "Authorization"])
        return super().finalize_response(request, response, *args, **kwargs)


class OneRowMixin:
    """One row of the list at an address of its own."""

    def retrieve(
        self: Any,  # of any endpoint
        request: Request,
        *_args: Any,
        **_kwargs: Any,
    ) -> Response:
        """Return one row, or the fields of it that are asked for."""
        serializer = self.get_serializer(self.get_object())
        names = chosen_fields(request, [*serializer.fields])
        return Response({name: serializer.data[name] for name in names})


def _known_to(request: Request) -> set[str]:
    """Return the versions that the reader has, weak or not: the rows are the same either way."""
    sent = request.headers.get("If-None-Match", "")
    return {part.strip().removeprefix("W/").strip('"') for part in sent.split(",")}


def _shows_demonstration(data: object) -> bool:
    rows = data.get("results", [data]) if isinstance(data, dict) else []
    if isinstance(rows, Rows):
        return any(rows.column("is_demonstration"))
    return any(isinstance(row, dict) and row.get("is_demonstration") for row in rows)
