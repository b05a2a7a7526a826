"""The OpenAPI description: always in English, so that it is the very file `docs/openapi.yaml`."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator


class EnglishGenerator(SchemaGenerator):
    """Describe the API in the same words whoever asks: words that are compared with a file."""

    def get_schema(self, *args: Any, **kwargs: Any) -> Any:  # as drf-spectacular hands them over
        """Return the description."""
        with translation.override("en"):
            return super().get_schema(*args, **kwargs)  # type: ignore[no-untyped-call]  # theirs


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its registry
    """The token of another system."""

    target_class = "ntm_portal.accounts.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Describe the header."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token ntm_…`, issued by `manage.py issue_token USERNAME`.",
        }
