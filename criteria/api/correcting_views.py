"""Values sent to one assessment by somebody who has read it: `If-Match` guards what she saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.response import Response

from criteria.api.push_serializers import OwnPushSerializer, rows_for
from criteria.api.push_views import ACCEPTED, CHOICES, PARAMETERS, RESPONSES, asked_of, values_of
from criteria.api.pushed import apart_of, http_status, result_of
from criteria.services.seen import SeenOtherwise, push_seen
from ntm_portal.accounts.replies import Reply, once
from ntm_portal.lib.openapi import ProblemSerializer
from ntm_portal.lib.problems import PROBLEM_TYPE
from ntm_portal.lib.refusals import Refused

if TYPE_CHECKING:
    from rest_framework.request import Request

    from ntm_portal.accounts.models import User

IF_MATCH = OpenApiParameter(
    "If-Match",
    location=OpenApiParameter.HEADER,
    description="The ETag with which you read the assessment: if it changed since, nothing is "
    "written, and 412 tells both values of each row. `*`: whatever stands.",
)
# One assessment is never so long that it would be written in the background.
IN_PLACE_CHOICES = {name: words for name, words in CHOICES.items() if name != "async"}
CHANGED = {
    (412, PROBLEM_TYPE): OpenApiResponse(
        ProblemSerializer, "It changed since you read it: `rows` tells mine, theirs and version."
    ),
    (404, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, "Nothing here that you may see."),
}


class CorrectingMixin:
    """The values of one assessment, written by `PATCH`."""

    @extend_schema(
        request=OwnPushSerializer,
        parameters=[*(each for each in PARAMETERS if each.name != "async"), IF_MATCH],
        responses={key: said for key, said in RESPONSES.items() if key != ACCEPTED} | CHANGED,
        description="Send values for this assessment; those that are not named stay as they are.",
    )
    def partial_update(
        self: Any,  # of the endpoint of assessments
        request: Request,
        *_args: Any,
        **_kwargs: Any,
    ) -> Response:
        """Save the values unless somebody changed the assessment since it was read."""
        asked = asked_of(request, IN_PLACE_CHOICES)
        values = values_of(request)
        assessment = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if assessment is None:
            raise Http404
        by = cast("User", request.user)
        is_trial = asked["dry_run"] == "true"

        def answer() -> Reply:
            pushed = push_seen(
                assessment.pk,
                rows_for(assessment, values),
                by=by,
                seen=_seen(request),
                is_all_or_nothing=asked["mode"] == "all",
                is_trial=is_trial,
            )
            status = http_status(pushed, is_trial=is_trial)
            return Reply(status, result_of(pushed, is_trial=is_trial))

        try:
            reply = once(request, by, repr(values).encode(), answer)
        except SeenOtherwise as refusal:
            rows = apart_of(refusal)
            raise Refused(412, refusal.code, str(refusal), rows=rows) from refusal
        self.etag = self.version()
        headers = {"Idempotency-Replayed": "true"} if reply.is_repeated else None
        return Response(reply.body, status=reply.status, headers=headers)


def _seen(request: Request) -> frozenset[int] | None:
    """Return the changes after which the writer says she read it; nothing where she says none."""
    sent = request.headers.get("If-Match", "*").strip()
    if sent == "*":
        return None
    tags = (tag.strip().removeprefix("W/").strip('"') for tag in sent.split(","))
    numbers = (tag.partition("-")[0] for tag in tags)
    return frozenset(int(number) for number in numbers if number.isascii() and number.isdigit())
