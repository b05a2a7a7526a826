"""The addresses of the API that belong to no app: where it begins, and where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

if TYPE_CHECKING:
    from rest_framework.request import Request

BEGINNINGS = {
    "targets": "api-target-list",
    "units": "api-unit-list",
    "summaries": "api-summary-list",
    "rounds": "api-round-list",
    "assessments": "api-assessment-list",
    "schema": "api-schema",
}


@extend_schema(exclude=True)
class RootView(APIView):
    """Where the API begins: its lists and its description."""

    def get(self, request: Request) -> Response:
        """Name the addresses to go on from."""
        return Response({name: reverse(to, request=request) for name, to in BEGINNINGS.items()})


@extend_schema(exclude=True)
class NowhereView(APIView):
    """Any other address below the API."""

    def get(self, request: Request, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Say that nothing is here."""
        raise NotFound
