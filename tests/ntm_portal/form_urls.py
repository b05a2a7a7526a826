"""The portal with one more page: a form that shows again what was typed before a sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from ntm_portal.accounts import kept
from ntm_portal.urls import urlpatterns as portal

if TYPE_CHECKING:
    from django.http import HttpRequest


def form(request: HttpRequest) -> HttpResponse:
    typed = kept.take(request)
    return JsonResponse(dict(typed.lists()) if typed is not None else None, safe=False)


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sent")


urlpatterns = [path("form/", form), path("form/send/", send), *portal]
