"""How every endpoint is described: what it answers, and what it says when it cannot."""

from __future__ import annotations

import inspect
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers


class ProblemErrorSerializer(serializers.Serializer[Any]):  # describes; nothing is read by it
    """One thing that is wrong with the query."""

    pointer = serializers.CharField(help_text="Where: `#/query/` and the name of the parameter.")
    code = serializers.CharField(help_text="What is wrong; stable, for machines.")
    detail = serializers.CharField(help_text="What is wrong; in the reader's language.")
    allowed = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="What would be right, where that is a short list.",
    )


@extend_schema_serializer(many=False)
class ProblemSerializer(serializers.Serializer[Any]):  # describes; nothing is read by it
    """Why there is no answer (RFC 9457)."""

    type = serializers.CharField(help_text="Always about:blank: `code` says which problem it is.")
    title = serializers.CharField(help_text="The status in words, in the reader's language.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    code = serializers.CharField(help_text="Which problem it is; stable, for machines.")
    detail = serializers.CharField(help_text="A sentence fit to show, in the reader's language.")
    errors = ProblemErrorSerializer(  # type: ignore[assignment]  # a field, not what went wrong
        many=True, required=False, help_text="What is wrong, one by one."
    )


class EndpointSchema(AutoSchema):
    """The description of an endpoint; the problems that any may tell are added to all at once."""

    def get_description(self) -> str:  # type: ignore[override]  # as theirs is called
        """Describe a list and its rows by what the endpoint is, other actions by their words."""
        if getattr(self.view, "action", "") in {"list", "retrieve"}:
            return inspect.getdoc(type(self.view)) or ""
        described: str = super().get_description()
        return described

    def _get_format_parameters(self) -> list[dict[str, Any]]:
        """Leave `format` to the description of paging, which says what the formats are."""
        return []

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Say that a public address is also read without a token."""
        found: list[dict[str, list[str]]] = super().get_auth()
        is_optional = getattr(self.view, "is_public", False) and self.method == "GET"
        return [*found, {}] if is_optional and {} not in found else found
