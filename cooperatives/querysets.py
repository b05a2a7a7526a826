"""Questions about many cooperatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Max, Q

if TYPE_CHECKING:
    from datetime import date

    from cooperatives.models import Cooperative, YearlyReturn


class CooperativeQuerySet(models.QuerySet["Cooperative"]):
    """Cooperatives by day."""

    def active_on(self, day: date) -> Self:
        """Keep those registered by `day` and not dissolved by then."""
        return self.filter(
            Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day), registered_on__lte=day
        )


class YearlyReturnQuerySet(models.QuerySet["YearlyReturn"]):
    """Returns by year."""

    def latest_by(self, day: date) -> Self:
        """Keep, of each cooperative, the return of the latest year up to that of `day`."""
        newest = Max(
            "cooperative__returns__year", filter=Q(cooperative__returns__year__lte=day.year)
        )
        return self.annotate(newest=newest).filter(year=F("newest")).order_by("cooperative_id")
