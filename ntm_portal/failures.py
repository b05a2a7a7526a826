"""What is said where no view answered, or one failed: a page to people, a problem to systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views import defaults

from ntm_portal.lib.problems import problem_outside

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request itself cannot be read."""
    if request.path.startswith(API):
        return problem_outside(400, "bad-request")
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is at this address."""
    if request.path.startswith(API):
        return problem_outside(404, "not-found")
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the portal failed; Django has written down how."""
    if request.path.startswith(API):
        return problem_outside(500, "server-error")
    return defaults.server_error(request)
