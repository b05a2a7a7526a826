"""What the frame of every page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from criteria.models import ReportingRound

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ntm_portal.accounts.models import Assignment


def frame(request: HttpRequest) -> dict[str, object]:
    """Return whether demonstration data is loaded, the roles of whoever is signed in, and whether
    anybody may read what is published.

    The first two are asked only where a view has not said so itself.
    """
    return {
        "is_demonstration": SimpleLazyObject(_is_demonstration),
        "is_public_site": settings.PUBLIC_SITE,
        "held_roles": SimpleLazyObject(lambda: _held_roles(request)),
    }


def _is_demonstration() -> bool:
    return ReportingRound.objects.filter(is_demonstration=True).exists()


def _held_roles(request: HttpRequest) -> list[Assignment]:
    if not request.user.is_authenticated:
        return []
    return request.user.held_roles
