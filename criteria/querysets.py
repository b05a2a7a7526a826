"""Questions about many sets, rounds, assessments and recognitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from communes.querysets import path_within

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from criteria.models import Assessment, CriteriaSet, Recognition, ReportingRound


def in_force_on(day: date, prefix: str = "") -> Q:
    """Return the condition "in force on `day`" for rows whose ends may be open."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    not_ended = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    return begun & not_ended


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    """Sets by day and level."""

    def in_force(self, day: date, *, level: str, standard: str = "ntm") -> Self:
        """Keep the sets in force on `day` for units of `level`, the newest first."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            valid_from__lte=day,
            level=level,
            standard=standard,
        ).order_by("-valid_from")


class RoundQuerySet(models.QuerySet["ReportingRound"]):
    """Rounds by what may be done with them."""

    def open(self) -> Self:
        """Keep the rounds in which values may be typed."""
        return self.filter(status=self.model.Status.OPEN)

    def not_frozen(self) -> Self:
        """Keep the rounds whose figures may still move."""
        return self.exclude(status=self.model.Status.PUBLISHED)

    def current(self) -> ReportingRound | None:
        """Return the round to show first: the latest open one, else the latest."""
        return self.open().last() or self.last()


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments by place, and what a page needs loaded with them."""

    def within(self, paths: Iterable[str]) -> Self:
        """Keep the assessments of units at or below one of `paths`."""
        return self.filter(path_within(paths, "unit__path"))


class RecognitionQuerySet(models.QuerySet["Recognition"]):
    """Recognitions by day."""

    def in_force(self, day: date) -> Self:
        """Keep the decisions made by `day` and not revoked by then."""
        return self.filter(
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=day), decision_date__lte=day
        )
