"""Questions about many cooperatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Max, Q

from communes.querysets import path_within

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cooperatives.models import Cooperative, YearlyReturn

LISTED = (
    *("name", "name_en", "kind", "sector", "registered_on", "suspended_on", "dissolved_on"),
    *("members", "is_demonstration", "commune__name", "commune__name_en"),
    *("commune__parent__name", "commune__parent__name_en", "commune__parent__short_name"),
)
COUNTING = ("submitted", "verified")


class CooperativeQuerySet(models.QuerySet["Cooperative"]):
    """Cooperatives by day and place."""

    def within(self, paths: Iterable[str]) -> Self:
        """Keep those at or below one of `paths`."""
        return self.filter(path_within(paths, "commune__path"))

    def counted(self) -> Self:
        """Leave out those that were typed twice."""
        return self.filter(duplicate_of__isnull=True)

    def active_on(self, day: date) -> Self:
        """Keep those registered by `day` and not dissolved by then."""
        return self.counted().filter(
            Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day), registered_on__lte=day
        )

    def for_listing(self) -> Self:
        """Load what a line of a list says of each, and no more, by name."""
        return self.for_export().only(*LISTED)

    def for_export(self) -> Self:
        """Load all that is known of each, by name."""
        return self.defer(None).select_related("commune__parent").order_by("search_name", "id")


class YearlyReturnQuerySet(models.QuerySet["YearlyReturn"]):
    """Returns by year, place and whether they count."""

    def within(self, paths: Iterable[str]) -> Self:
        """Keep those of cooperatives at or below one of `paths`."""
        return self.filter(path_within(paths, "cooperative__commune__path"))

    def counting(self) -> Self:
        """Keep those that were sent: a draft says nothing yet."""
        return self.filter(status__in=COUNTING)

    def latest_by(self, day: date) -> Self:
        """Keep, of each cooperative, the return of the latest year up to that of `day`."""
        newest = Max(
            "cooperative__returns__year",
            filter=Q(
                cooperative__returns__year__lte=day.year, cooperative__returns__status__in=COUNTING
            ),
        )
        latest = self.counting().annotate(newest=newest).filter(year=F("newest"))
        return latest.order_by("cooperative_id")
