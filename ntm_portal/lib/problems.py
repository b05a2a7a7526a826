"""What the API says when it cannot answer: problem+json (RFC 9457), in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.refusals import InvalidQuery, NotModified, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PROBLEM_TYPE = "application/problem+json"
TITLES = {
    400: gettext_lazy("Not understood"),
    401: gettext_lazy("Not signed in"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Not that way"),
    406: gettext_lazy("No such format"),
    409: gettext_lazy("Against a rule"),
    410: gettext_lazy("No longer here"),
    412: gettext_lazy("Changed meanwhile"),
    413: gettext_lazy("Too large"),
    415: gettext_lazy("Unknown format"),
    422: gettext_lazy("Against a rule"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("A fault of the portal"),
}
# Where the framework's own sentence would be technical, or in English only.
SENTENCES = {
    "not-authenticated": gettext_lazy("Send the header “Authorization: Token …”, or sign in."),
    "permission-denied": gettext_lazy("You may not do this."),
    "not-found": gettext_lazy("There is nothing here, or nothing that you may see."),
    "method-not-allowed": gettext_lazy("This address does not take that method; see “Allow”."),
    "not-acceptable": gettext_lazy("This address answers in JSON; lists also in NDJSON and CSV."),
    "unsupported-media-type": gettext_lazy("What is sent here must be JSON, or CSV where offered."),
    "parse-error": gettext_lazy("What was sent is not what its Content-Type says."),
    "throttled": gettext_lazy("Too many requests: wait as long as “Retry-After” says."),
    "server-error": gettext_lazy("Something went wrong here. It is written down; try again later."),
    "bad-request": gettext_lazy("The request cannot be read."),
}
PASSED_ON = {"WWW-Authenticate", "Retry-After"}


def explain_refusal(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn a refusal into problem+json; a rule's refusal is a 409 with its own sentence."""
    if isinstance(error, NotModified):
        return Response(status=304, headers={"ETag": f'"{error.etag}"'})
    if request := context.get("request"):  # a problem is JSON, whatever the answer would have been
        request.accepted_renderer, request.accepted_media_type = JSONRenderer(), PROBLEM_TYPE
    if isinstance(error, DomainError):
        return problem(409, error.code, str(error))
    response = exception_handler(error, dict(context))
    if response is None:
        return None
    if isinstance(error, Refused):
        return problem(error.status_code, error.code, str(error.detail), **error.more)
    if isinstance(error, InvalidQuery):
        errors = [item.as_error() for item in error.problems]
        return problem(400, error.default_code, str(error.detail), errors=errors)
    if isinstance(error, ValidationError):
        errors = list(_errors_of(error.detail, "#"))
        return problem(400, "invalid-body", " ".join(_sentences(errors)), errors=errors)
    detail = response.data["detail"]
    code = str(detail.code).replace("_", "-")
    said = problem(response.status_code, code, str(SENTENCES.get(code, detail)))
    for name in {*PASSED_ON, "Allow"} & response.headers.keys():
        said.headers[name] = response.headers[name]
    return said


def problem(status: int, code: str, detail: str, **more: Any) -> Response:
    """Return the answer of an endpoint that cannot do what was asked."""
    body = body_of(status, code, detail) | more
    return Response(body, status=status, content_type=PROBLEM_TYPE)


def problem_outside(status: int, code: str) -> HttpResponse:
    """Return the same where no endpoint was reached, or one failed."""
    body = body_of(status, code, str(SENTENCES[code]))
    return JsonResponse(body, status=status, content_type=PROBLEM_TYPE)


def body_of(status: int, code: str, detail: str) -> dict[str, Any]:
    """Return the members that every problem has."""
    title = str(TITLES.get(status, _("Not possible")))
    return {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
    }


# The framework nests faults as the body was nested, hence Any.
def _errors_of(detail: Any, pointer: str) -> Iterator[dict[str, str]]:
    """Yield every fault of a body with the JSON pointer to where it is."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            below = pointer if name == "non_field_errors" else f"{pointer}/{name}"
            yield from _errors_of(inner, below)
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _errors_of(inner, f"{pointer}/{place}" if nested else pointer)
    else:
        code = str(getattr(detail, "code", "invalid")).replace("_", "-")
        yield {"pointer": pointer, "code": code, "detail": str(detail)}


def _sentences(errors: Sequence[Mapping[str, str]]) -> list[str]:
    return [f"{item['pointer'].removeprefix('#/')}: {item['detail']}" for item in errors]
