"""What the API says when it cannot answer: problem+json (RFC 9457), in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROBLEM_TYPE = "application/problem+json"
TITLES = {
    400: gettext_lazy("Not understood"),
    401: gettext_lazy("Not signed in"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Read only"),
    406: gettext_lazy("No such format"),
    409: gettext_lazy("Against a rule"),
}
# Where the framework's own sentence would be technical, or in English only.
SENTENCES = {
    "not-authenticated": gettext_lazy("Send the header “Authorization: Token …”, or sign in."),
    "permission-denied": gettext_lazy("You may not do this."),
    "not-found": gettext_lazy("There is nothing here, or nothing that you may see."),
    "method-not-allowed": gettext_lazy("This address can only be read: use GET."),
    "not-acceptable": gettext_lazy("The API answers in JSON only."),
}


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """What is wrong with one query parameter, and what would be right where that is a list."""

    parameter: str
    code: str
    sentence: str
    allowed: tuple[str, ...] = ()

    def as_error(self) -> dict[str, Any]:  # a JSON object: its values are of any JSON type
        """Return the entry of `errors`; the pointer leads into the query as if it were JSON."""
        error = {
            "pointer": f"#/query/{self.parameter}",
            "code": self.code,
            "detail": self.sentence,
        }
        return error | ({"allowed": list(self.allowed)} if self.allowed else {})


class InvalidQuery(APIException):
    """The query cannot be answered as it stands; nothing in it is ever ignored."""

    status_code = 400
    default_code = "invalid-query"

    def __init__(self, problems: Sequence[QueryProblem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


def explain_refusal(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn a refusal into problem+json; a rule's refusal is a 409 with its own sentence."""
    if request := context.get("request"):  # a problem is JSON, whatever the answer would have been
        request.accepted_renderer, request.accepted_media_type = JSONRenderer(), PROBLEM_TYPE
    if isinstance(error, DomainError):
        return _problem(409, error.code, str(error))
    response = exception_handler(error, dict(context))
    if response is None:
        return None
    if isinstance(error, InvalidQuery):
        errors = [problem.as_error() for problem in error.problems]
        return _problem(400, error.default_code, str(error.detail), errors=errors)
    detail = response.data["detail"]
    code = str(detail.code).replace("_", "-")
    problem = _problem(response.status_code, code, str(SENTENCES.get(code, detail)))
    for name in {"WWW-Authenticate", "Retry-After"} & response.headers.keys():
        problem.headers[name] = response.headers[name]
    return problem


def _problem(status: int, code: str, detail: str, **more: object) -> Response:
    title = str(TITLES.get(status, _("Not possible")))
    body = {"type": "about:blank", "title": title, "status": status, "code": code}
    return Response(body | {"detail": detail} | more, status=status, content_type=PROBLEM_TYPE)
