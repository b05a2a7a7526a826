"""What the endpoints of the API share: they are read, and they say when data is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model
from django.utils.cache import patch_vary_headers
from rest_framework.viewsets import GenericViewSet

from ntm_portal.lib.openapi import EndpointSchema

if TYPE_CHECKING:
    from collections.abc import Collection

    from rest_framework.request import Request
    from rest_framework.response import Response

ModelT = TypeVar("ModelT", bound=Model)


class ReadEndpoint(GenericViewSet[ModelT]):
    """An address that is only read, by those who may read where its rows belong."""

    schema = EndpointSchema()

    @property
    def readable(self) -> Collection[str]:
        """Return the paths of the map at and below which the reader may read."""
        scope = getattr(self.request.user, "scope", None)  # the people's room lies above this one
        return () if scope is None else scope.read

    def finalize_response(
        self,
        request: Request,
        response: Response,
        *args: Any,  # as the framework hands them over
        **kwargs: Any,
    ) -> Response:
        """Say what the answer depends on, and whether any of its rows is demonstration."""
        if _shows_demonstration(getattr(response, "data", None)):
            response.headers["X-Demonstration"] = "true"
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        return super().finalize_response(request, response, *args, **kwargs)


def _shows_demonstration(data: object) -> bool:
    rows = data.get("results", [data]) if isinstance(data, dict) else []
    return any(row.get("is_demonstration") for row in rows)
