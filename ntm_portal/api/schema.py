"""The OpenAPI description: always in English, so that it is the very file `docs/openapi.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator

from ntm_portal.api.notes import add_notes
from ntm_portal.lib.problems import PROBLEM_TYPE


class EnglishGenerator(SchemaGenerator):
    """Describe the API in the same words whoever asks: words that are compared with a file."""

    def get_schema(self, *args: Any, **kwargs: Any) -> Any:  # as drf-spectacular hands them over
        """Return the description."""
        with translation.override("en"):
            return super().get_schema(*args, **kwargs)  # type: ignore[no-untyped-call]  # theirs


class KeptGenerator(EnglishGenerator):
    """Work the description out once in each process: it changes with the code alone."""

    def get_schema(self, *_args: Any, **_kwargs: Any) -> Any:
        """Return the description, the same for whoever asks."""
        return _kept()


@cache
def _kept() -> Any:
    generator = EnglishGenerator()  # type: ignore[no-untyped-call]  # theirs
    return generator.get_schema(public=True)


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


# What any address may answer besides what is its own: by status, its name and when.
PROBLEMS = {
    "400": ("NotUnderstood", "The query or the body is refused; `errors` names what is wrong."),
    "401": ("NotAuthenticated", "No token, or one that is not valid."),
    "403": ("NotAllowed", "The token was not made for this."),
    "404": ("NotFound", "There is nothing here, or nothing that the reader may see."),
    "405": ("VerbNotAllowed", "The address does not know this verb; `Allow` names those it does."),
    "406": ("NotAcceptable", "The address does not know this format."),
    "429": (
        "TooManyRequests",
        "Too many requests in a minute; `Retry-After` says how long to wait.",
    ),
}
TEXT = "^[^\\x00]+$"  # not empty, and without the letter that no database holds
NARROWER = {"enum", "format", "pattern"}
STREAMED = {"text/csv", "application/x-ndjson"}


def complete(result: Any, **_kwargs: Any) -> Any:  # a description, as drf-spectacular hands it over
    """Add to each operation what goes for all of them."""
    for operations in result["paths"].values():
        for operation in operations.values():
            operation.setdefault("summary", _first_sentence(operation))
            _complete_parameters(operation)
            _complete_responses(operation)
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
    add_notes(result["components"]["schemas"])
    problem = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    result["components"]["responses"] = {
        name: {"description": said, "content": problem} for name, said in PROBLEMS.values()
    }
    return result


def _first_sentence(operation: dict[str, Any]) -> str:
    """Say in a line what the operation is: it stands beside its address in lists."""
    said: str = operation["description"].partition(". ")[0]
    return " ".join(said.split()).removesuffix(".")


def _complete_parameters(operation: dict[str, Any]) -> None:
    """Say what is said of every text and of choices among numbers."""
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        if schema.get("type") == "integer" and "enum" in schema:
            parameter["schema"] = {"type": "integer", "enum": [*map(int, schema["enum"])]}
        elif parameter["in"] == "query" and schema.keys().isdisjoint(NARROWER):
            schema.update({"pattern": TEXT} if schema.get("type") == "string" else {})


def _complete_responses(operation: dict[str, Any]) -> None:
    """Refer to the problems that are told alike everywhere; describe streams as texts."""
    responses = operation["responses"]
    for status, (name, _said) in PROBLEMS.items():
        if status not in {"401", "403"} or operation.get("security"):
            responses.setdefault(status, {"$ref": f"#/components/responses/{name}"})
    for response in responses.values():
        for media_type in STREAMED & response.get("content", {}).keys():
            response["content"][media_type] = {"schema": {"type": "string"}}
