"""How an endpoint says that it will not answer; `problems` puts it into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rest_framework.exceptions import APIException

if TYPE_CHECKING:
    from collections.abc import Sequence


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


class NotModified(Exception):  # noqa: N818  (an answer, not an error)
    """The reader has what would be sent."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


class Refused(APIException):
    """A refusal with a status, a code and a sentence of its own, and what goes with it."""

    # What goes with a problem is any JSON, hence Any.
    def __init__(self, status: int, code: str, sentence: str, **more: Any) -> None:
        super().__init__(sentence)
        self.status_code = status
        self.code = code
        self.more = more
