"""How every endpoint is described: what it answers, and what it says when it cannot."""

from __future__ import annotations

import inspect
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse, extend_schema_serializer
from rest_framework import serializers

from ntm_portal.lib.problems import PROBLEM_TYPE


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
    """The description of an endpoint, problems included."""

    def get_description(self) -> str:  # type: ignore[override]  # as theirs is called
        """Describe a list and its rows by what the endpoint is, other actions by their words."""
        if getattr(self.view, "action", "") in {"list", "retrieve"}:
            return inspect.getdoc(type(self.view)) or ""
        described: str = super().get_description()
        return described

    def _get_format_parameters(self) -> list[dict[str, Any]]:
        """Leave `format` to the description of paging, which says what the formats are."""
        return []

    def get_response_serializers(self) -> Any:  # by status, which the stubs do not foresee
        """Add to the answer of an endpoint the problems that any endpoint may tell."""
        problems = {400: "The query is refused.", 401: "No token, or one that is not valid."}
        if getattr(self.view, "detail", False):
            problems[404] = "There is nothing here, or nothing that the reader may see."
        return {200: super().get_response_serializers()} | {
            (status, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, description)
            for status, description in problems.items()
        }
