"""Pages of a list, by cursor."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response

from ntm_portal.lib.formats import SEPARATORS, Writing
from ntm_portal.lib.refusals import InvalidQuery, QueryProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rest_framework.request import Request
    from rest_framework.views import APIView

    from ntm_portal.lib.rendering import Rows

# What a cursor of ours says: skip o rows, backwards (r), from the row with id p.
_CURSOR = re.compile(rb"(?=.)(o=\d{1,4}(&|$))?(r=1(&|$))?(p=\d{1,18})?")

FIELDS = "Fields to answer with, parted by commas; without it all. The others are not even read."
FORMAT = "json: by pages. csv and ndjson: a stream of all rows; the `Accept` header does as well."
SEPARATOR = "CSV only. semicolon: with decimal commas, as Excel in Vietnamese reads it."
BYTE_ORDER = "CSV only. Whether to begin with a byte-order mark, by which Excel knows UTF-8."


class StableCursorPagination(CursorPagination):
    """Pages by cursor over `id`: nothing is skipped or shown twice while rows are written."""

    ordering = "id"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000
    parameters = ("count", "cursor", "page_size")
    count: int | None = None

    def paginate_queryset(
        self,
        queryset: Any,  # a queryset of any model; the stubs also allow plain rows
        request: Request,
        view: APIView | None = None,
    ) -> list[Any] | None:
        """Return the rows of the page asked for; count all rows only when asked."""
        if self._wants_count(request):
            self.count = queryset.count()
        return super().paginate_queryset(queryset, request, view)

    def see(self, request: Request) -> None:
        """Refuse what cannot be had, also where another format than that of pages is asked for."""
        Writing.asked(request)
        self._wants_count(request)
        self.get_page_size(request)
        self.decode_cursor(request)

    def get_page_size(self, request: Request) -> int:
        """Return the size asked for; one that cannot be had is refused, not adjusted."""
        asked = request.query_params.get("page_size", str(self.page_size))
        if re.fullmatch("[0-9]{1,6}", asked) and 1 <= int(asked) <= self.max_page_size:
            return int(asked)
        sentence = _("“page_size” is a whole number from 1 to %(most)s.")
        raise _refusal("page_size", sentence % {"most": self.max_page_size})

    def decode_cursor(self, request: Request) -> Any:  # the stubs name no type to import
        """Return the cursor that was sent; refuse one that was not made here."""
        sent = request.query_params.get("cursor")
        if sent is not None and not _is_ours(sent):
            raise _refusal("cursor", _("“cursor” is not one that this API gave out."))
        return super().decode_cursor(request)

    def get_paginated_response(self, data: Sequence[object] | Rows) -> Response:
        """Return the rows with the addresses of the pages on both sides, also as headers."""
        pages = {"next": self.get_next_link(), "previous": self.get_previous_link()}
        links = (f'<{to}>; rel="{name[:4]}"' for name, to in pages.items() if to)
        said = ", ".join(links)
        headers = {"Link": said} if said else None
        return Response(pages | {"count": self.count, "results": data}, headers=headers)

    def _get_position_from_instance(self, instance: Any, ordering: Any) -> str:
        """Return the key of a row, which is the first of its columns where it is no model."""
        if isinstance(instance, tuple):
            return str(instance[0])
        return super()._get_position_from_instance(instance, ordering)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the envelope of every list."""
        link = {"type": ["string", "null"], "format": "uri"}
        count = "Rows on all pages together; null unless asked for with `count=true`."
        return {
            "type": "object",
            "required": ["next", "previous", "count", "results"],
            "properties": {
                "next": link | {"description": "Address of the next page; null on the last."},
                "previous": link
                | {"description": "Address of the page before; null on the first."},
                "count": {"type": ["integer", "null"], "description": count},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Describe the parameters of every list."""
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": 100}
        return [
            _parameter("count", {"type": "boolean"}, "Whether to count the rows of all pages."),
            _parameter("cursor", {"type": "string"}, "Where the page begins; follow `next`."),
            _parameter("page_size", size, "Rows on a page."),
            _parameter("fields", {"type": "string"}, FIELDS),
            _parameter("format", {"type": "string", "enum": ["json", "csv", "ndjson"]}, FORMAT),
            _parameter("separator", {"type": "string", "enum": list(SEPARATORS)}, SEPARATOR),
            _parameter("bom", {"type": "boolean"}, BYTE_ORDER),
        ]

    def _wants_count(self, request: Request) -> bool:
        asked = request.query_params.get("count", "false")
        if asked not in {"true", "false"}:
            raise _refusal("count", _("“count” is true or false."))
        return asked == "true"


def _is_ours(cursor: str) -> bool:
    try:
        return _CURSOR.fullmatch(b64decode(cursor, validate=True)) is not None
    except ValueError:
        return False


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": schema,
        "description": description,
    }


def _refusal(name: str, sentence: str) -> InvalidQuery:
    return InvalidQuery([QueryProblem(name, "invalid", sentence)])
