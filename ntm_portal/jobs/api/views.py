"""Work in the background over the API: 202 and a place to look, and then what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.reverse import reverse

from ntm_portal.accounts.token_models import ApiToken
from ntm_portal.jobs.api.serializers import JobSerializer
from ntm_portal.jobs.models import Job
from ntm_portal.lib.endpoints import OneRowMixin, ReadEndpoint
from ntm_portal.lib.uploads import hand_out

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

    from ntm_portal.accounts.models import User
    from ntm_portal.jobs.models import JobQuerySet

SECONDS = "2"  # to wait before asking again


class JobEndpoint(OneRowMixin, ReadEndpoint[Job]):
    """A piece of work in the background, for the token or person who asked for it."""

    queryset = Job.objects.none()
    serializer_class = JobSerializer

    def get_queryset(self) -> JobQuerySet:
        """Start from what the reader asked for."""
        return Job.objects.seen_by(cast("User", self.request.user), token_of(self.request))

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True)
    def result(self, request: Request, *_args: str, **_kwargs: str) -> HttpResponseBase:
        """Hand out the file that came of it, in whatever format that is."""
        job = self.get_object()
        if not job.file:
            raise Http404
        return hand_out(job.file, job.file_name, job.content_type)


def accepted(job: Job, request: Request) -> Response:
    """Answer a request whose work goes on in the background: 202, and where to look."""
    data = JobSerializer(job, context={"request": request}).data
    return Response(data, status=202, headers=waiting(job.pk, request))


def waiting(job_id: int, request: Request) -> dict[str, str]:
    """Return the headers that say where to look, and how long to wait before."""
    where = reverse("api-job-detail", args=[job_id], request=request)
    return {"Location": where, "Retry-After": SECONDS}


def token_of(request: Request) -> ApiToken | None:
    """Return the token by which the request came; nothing for a person who is signed in."""
    return request.auth if isinstance(request.auth, ApiToken) else None
