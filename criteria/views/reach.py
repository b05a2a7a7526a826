"""What a reader reaches: out of her area is as if it were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from criteria.models import Assessment
from ntm_portal.accounts.requests import SignedInRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class PortalRequest(SignedInRequest):
    """A request that has a person and says whether htmx sent it."""

    htmx: HtmxDetails


def reachable(request: PortalRequest, pk: int) -> Assessment:
    """Return the assessment if it lies within what she may read, else answer 404."""
    within = Assessment.objects.within(request.user.scope.read)
    return get_object_or_404(within.for_page(), pk=pk)
