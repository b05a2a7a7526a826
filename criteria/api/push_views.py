"""Sending values: many at once, or those of one assessment with the version that was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.response import Response

from communes.api.endpoints import LedgerEndpoint
from criteria.api.parsing import ValuesCsvParser
from criteria.api.push_serializers import (
    MOST_ROWS,
    PushResultSerializer,
    PushSerializer,
    rows_of,
)
from criteria.api.push_work import NAME, arguments_of
from criteria.api.pushed import http_status, result_of
from criteria.models import IndicatorValue
from criteria.services.pushing import push
from ntm_portal.accounts.replies import HEADER, Reply, once
from ntm_portal.jobs.api.serializers import JobSerializer
from ntm_portal.jobs.api.views import accepted, token_of, waiting
from ntm_portal.jobs.services import start
from ntm_portal.lib.openapi import ProblemSerializer
from ntm_portal.lib.parsing import PlainJsonParser
from ntm_portal.lib.problems import PROBLEM_TYPE
from ntm_portal.lib.queries import wrong_words
from ntm_portal.lib.refusals import InvalidQuery, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rest_framework.request import Request

    from ntm_portal.accounts.models import User

CHOICES = {
    "mode": ("all", "rows"),
    "dry_run": ("false", "true"),
    "async": ("auto", "true", "false"),
}
ACCEPTED = 202
IN_PLACE = 2_000  # rows; more are written in the background unless asked otherwise
KEY = OpenApiParameter(
    HEADER,
    location=OpenApiParameter.HEADER,
    description="A text of your own, at most 200 letters: sent again within a week, what was "
    "answered is answered again, and nothing is done twice.",
)
PARAMETERS = [
    OpenApiParameter(
        "mode",
        enum=CHOICES["mode"],
        description="all (unless given): one refused row, and none is written. rows: those that "
        "hold are written, the others are refused.",
    ),
    OpenApiParameter(
        "dry_run",
        OpenApiTypes.BOOL,
        description="Do everything but keep it: shows the verdicts that would change.",
    ),
    OpenApiParameter(
        "async",
        enum=CHOICES["async"],
        description=f"auto (unless given): more than {IN_PLACE:,} rows are written in the "
        "background. true: any number is. false: none.",
    ),
    KEY,
]
RESPONSES: dict[Any, Any] = {  # by status and media type
    200: PushResultSerializer,
    202: OpenApiResponse(
        JobSerializer,
        "Written in the background: look at `Location` until it is done; `result` "
        "is then what would have been answered here.",
    ),
    409: OpenApiResponse(
        PushResultSerializer,
        "Somebody else changed what is refused, or its round has closed and `late_reason` lacks.",
    ),
    422: OpenApiResponse(PushResultSerializer, "Nothing was written: see the rows."),
    (422, PROBLEM_TYPE): OpenApiResponse(
        ProblemSerializer, "Nothing was written: see the rows, or the key was sent before."
    ),
    **{
        (status, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, said)
        for status, said in {
            400: "What was sent cannot be read.",
            401: "No token, or one that is not valid.",
            403: "The token may only read, or is not for this.",
            413: "Too many rows at once.",
            415: "Neither JSON nor CSV.",
        }.items()
    },
}


class PushEndpoint(LedgerEndpoint[IndicatorValue]):
    """A list of values to which values are sent."""

    parser_classes = (PlainJsonParser, ValuesCsvParser)

    @extend_schema(
        request={"application/json": PushSerializer, "text/csv": OpenApiTypes.STR},
        parameters=PARAMETERS,
        responses=RESPONSES,
        description="Send values for assessments within your area, as JSON or as CSV with the "
        "columns unit, round, measure, number, and if you like not_assessed, version, late_reason.",
    )
    def create(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """Save what was sent, and answer row by row in the order in which it was sent."""
        if "If-Match" in request.headers:
            sentence = _("Here each value has its own “version”; If-Match is for one assessment.")
            raise Refused(400, "if-match-not-here", sentence)
        asked = asked_of(request)
        values = values_of(request)
        by = cast("User", request.user)
        is_trial = asked["dry_run"] == "true"

        def later() -> Reply:
            job = start(NAME, arguments_of(values, asked), by=by, token=token_of(request))
            return Reply(ACCEPTED, accepted(job, request).data)

        def answer() -> Reply:
            pushed = push(
                rows_of(values),
                by=by,
                is_all_or_nothing=asked["mode"] == "all",
                is_trial=is_trial,
            )
            status = http_status(pushed, is_trial=is_trial)
            return Reply(status, result_of(pushed, is_trial=is_trial))

        is_long = asked["async"] == "auto" and len(values) > IN_PLACE
        work = later if is_long or asked["async"] == "true" else answer
        reply = once(request, by, repr(values).encode(), work)
        headers = {"Idempotency-Replayed": "true"} if reply.is_repeated else {}
        if reply.status == ACCEPTED:
            headers |= waiting(reply.body["id"], request)
        return Response(reply.body, status=reply.status, headers=headers)


def asked_of(request: Request, choices: Mapping[str, tuple[str, ...]] = CHOICES) -> dict[str, str]:
    """Return the mode and whether it is a dry run; what the query cannot mean is refused."""
    problems = [*wrong_words(request.query_params, choices)]
    if problems:
        raise InvalidQuery(problems)
    return {name: request.query_params.get(name, words[0]) for name, words in choices.items()}


def values_of(request: Request) -> list[Any]:
    """Return what was sent as `values`: a list, and not too long a one."""
    data = request.data
    values = data.get("values") if isinstance(data, dict) else None
    if not isinstance(values, list) or not values:
        sentence = _("Send an object with “values”, a list of at least one value.")
        raise Refused(
            400,
            "invalid-body",
            sentence,
            errors=[{"pointer": "#/values", "code": "required", "detail": sentence}],
        )
    if len(values) > MOST_ROWS:
        sentence = _("At most %(most)s values are taken at once.") % {"most": MOST_ROWS}
        raise Refused(413, "too-many-rows", sentence, most=MOST_ROWS)
    return values
