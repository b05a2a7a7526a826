"""How every endpoint of the API filters, pages and refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping


class StrictFilterBackend(DjangoFilterBackend):  # type: ignore[misc]  # it ships no types
    """django-filter, and an unknown parameter is refused by name."""


class StableCursorPagination(CursorPagination):
    """Pages by cursor over `id`: nothing is skipped or shown twice while rows are written."""

    ordering = "id"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000


def explain_refusal(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn a rule's refusal into 409 with its sentence; leave the rest to DRF."""
    if isinstance(error, DomainError):
        return Response({"code": error.code, "detail": str(error)}, status=409)
    return exception_handler(error, dict(context))
