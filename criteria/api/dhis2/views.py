"""Data value sets as DHIS2 sends them, answered with its import summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from criteria.api.dhis2.identities import SCHEMES, Identities
from criteria.api.dhis2.reading import DataValuesCsvParser, TextCsvParser, values_in
from criteria.api.dhis2.rows import STRATEGIES, row_of
from criteria.api.dhis2.schemas import DataValueSetSerializer, ImportAnswerSerializer
from criteria.api.dhis2.summary import summary_of
from criteria.api.push_serializers import MOST_ROWS
from criteria.api.push_views import KEY
from criteria.services.pushing import push
from ntm_portal.accounts.replies import Reply, once
from ntm_portal.lib.openapi import ProblemSerializer
from ntm_portal.lib.parsing import PlainJsonParser
from ntm_portal.lib.problems import PROBLEM_TYPE
from ntm_portal.lib.queries import wrong_words
from ntm_portal.lib.refusals import InvalidQuery, Refused

if TYPE_CHECKING:
    from rest_framework.request import Request

    from ntm_portal.accounts.models import User

YES_NO = ("false", "true")
EITHER = ("", "UID", "CODE")
# What a sender may ask, each with what is offered; the first is what goes unsaid.
OPTIONS = {
    "importStrategy": tuple(STRATEGIES),
    "dryRun": YES_NO,
    "idScheme": EITHER,
    "orgUnitIdScheme": EITHER,
    "dataElementIdScheme": EITHER,
    "dataSetIdScheme": EITHER,
    "categoryOptionComboIdScheme": EITHER,
    "skipAudit": ("false",),
    "force": ("false",),
    "skipExistingCheck": ("false",),
}
ABOUT = {
    "importStrategy": "What is written: new values, values that stand already, both, or none: "
    "DELETE takes them away.",
    "dryRun": "Do everything but keep it.",
    "idScheme": "How units and data elements are named; without it either way is understood.",
    "orgUnitIdScheme": "The same for units alone.",
}
PARAMETERS = [
    *(
        OpenApiParameter(name, enum=[word for word in OPTIONS[name] if word], description=said)
        for name, said in ABOUT.items()
    ),
    KEY,
]


class DataValueSetEndpoint(ViewSet):
    """Values as DHIS2 sends them, for open rounds and units within the area of the sender."""

    parser_classes = (PlainJsonParser, DataValuesCsvParser, TextCsvParser)

    @extend_schema(
        operation_id="dhis2_data_value_sets_create",
        request={
            "application/json": DataValueSetSerializer,
            "application/csv": OpenApiTypes.STR,
            "text/csv": OpenApiTypes.STR,
        },
        parameters=PARAMETERS,
        responses={
            200: ImportAnswerSerializer,
            409: OpenApiResponse(
                ImportAnswerSerializer, "Some values were refused: see `conflicts`."
            ),
            **{
                (status, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, said)
                for status, said in {
                    400: "What was sent cannot be read.",
                    401: "No token, or one that is not valid.",
                    403: "The token may only read, or is not for this.",
                    413: "Too many values at once.",
                    415: "Neither JSON nor CSV.",
                    422: "This `Idempotency-Key` was sent before with something else.",
                }.items()
            },
        },
        description="Send a data value set as DHIS2 does. Values that hold are written, the others "
        "are conflicts; what stands already is counted as ignored.",
    )
    def create(self, request: Request) -> Response:
        """Save what holds and answer with the import summary."""
        options = _options(request)
        sent = values_in(request.data)
        if len(sent) > MOST_ROWS:
            sentence = _("At most %(most)s values are taken at once.") % {"most": MOST_ROWS}
            raise Refused(413, "too-many-rows", sentence, most=MOST_ROWS)
        by = cast("User", request.user)

        def answer() -> Reply:
            scheme = (options["orgUnitIdScheme"] or options["idScheme"]).lower()
            known = Identities.known_to(by.scope.read, [scheme] if scheme else SCHEMES)
            rows = [row_of(item, known, options["importStrategy"]) for item in sent]
            is_trial = options["dryRun"] == "true"
            pushed = push(rows, by=by, is_all_or_nothing=False, is_trial=is_trial)
            return Reply(*summary_of(pushed, sent, _told(options)))

        reply = once(request, by, repr(sent).encode(), answer)
        headers = {"Idempotency-Replayed": "true"} if reply.is_repeated else None
        return Response(reply.body, status=reply.status, headers=headers)


def _options(request: Request) -> dict[str, str]:
    """Return what was asked; an option that is unknown, or would be unsafe, is refused by name."""
    problems = [*wrong_words(request.query_params, OPTIONS, _is_one_of)]
    if problems:
        raise InvalidQuery(problems)
    asked = request.query_params
    return {
        name: _meant(asked.get(name, words[0]), words) or words[0]
        for name, words in OPTIONS.items()
    }


def _is_one_of(words: tuple[str, ...], value: str) -> bool:
    return _meant(value, words) is not None


def _meant(value: str, words: tuple[str, ...]) -> str | None:
    """Return the word that is meant, however it is written; DHIS2 itself is not strict either."""
    return next((word for word in words if word.upper() == value.upper()), None)


def _told(options: dict[str, str]) -> dict[str, Any]:
    return {
        "importStrategy": options["importStrategy"],
        "dryRun": options["dryRun"] == "true",
        "idScheme": options["idScheme"] or "UID",
    }
