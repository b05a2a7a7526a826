"""Questions about many letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from datetime import datetime

    from ntm_portal.mail.models import Letter


class LetterQuerySet(QuerySet["Letter"]):
    """Letters to people."""

    def due(self, now: datetime) -> Self:
        """Return what waits and may be tried now, the oldest first."""
        return self.filter(state="queued", due_at__lte=now).order_by("due_at", "pk")

    def unclear(self, before: datetime) -> Self:
        """Return what somebody began to send before this moment and never finished."""
        return self.filter(state="sending", claimed_at__lt=before)
