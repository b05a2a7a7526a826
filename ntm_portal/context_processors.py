"""What the frame of every page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.models import ReportingRound

if TYPE_CHECKING:
    from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    """Return what the frame needs: whether demonstration data is loaded."""
    return {
        "is_demonstration": ReportingRound.objects.filter(is_demonstration=True).exists(),
    }
