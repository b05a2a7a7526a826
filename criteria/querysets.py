"""Questions about many sets, rounds, assessments and recognitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, When

from communes.querysets import path_within
from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from criteria.models import Assessment, CriteriaSet, Recognition, ReportingRound, Threshold


def in_force_on(day: date | OuterRef, prefix: str = "") -> Q:
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


class ThresholdQuerySet(models.QuerySet["Threshold"]):
    """Thresholds by day."""

    def in_force(self, day: date | None) -> Self:
        """Keep those in force on `day`; without a day those that have no end yet."""
        return self.filter(in_force_on(day) if day else Q(valid_to__isnull=True))


class RoundQuerySet(models.QuerySet["ReportingRound"]):
    """Rounds by what may be done with them."""

    def open(self) -> Self:
        """Keep the rounds in which values may be typed."""
        return self.filter(status=self.model.Status.OPEN)

    def not_frozen(self) -> Self:
        """Keep the rounds whose figures may still move."""
        return self.exclude(status=self.model.Status.PUBLISHED)

    def before(self, day: date) -> ReportingRound | None:
        """Return the latest round of before `day`."""
        return self.filter(reference_date__lt=day).last()

    def shared(self) -> list[ReportingRound]:
        """Return the rounds; many may hold them at once, and none can change them meanwhile.

        Django knows no shared lock. On SQLite there is one writer at a time anyway.
        """
        if not connection.features.has_select_for_update:
            return list(self)
        try:
            query, params = self.query.sql_with_params()
        except EmptyResultSet:
            return []
        return list(self.raw(f"{query} FOR SHARE OF criteria_reportinground", params))

    def current(self) -> ReportingRound | None:
        """Return the round to show first: the latest open one, else the latest."""
        return self.open().last() or self.last()


# How an assessment may stand, for those that `with_reported` has joined.
SHOWN = {
    "missing": Q(reported__isnull=True)
    | Q(reported__measures_typed__lt=F("reported__measures_total")),
    "not-met": Q(reported__criteria_not_met__gt=0),
    "untouched": Q(status="draft", version=0),
    "typing": Q(status="draft", version__gt=0),
    "returned": Q(status="returned"),
    "submitted": Q(status="submitted"),
    "verified": Q(status="verified"),
    "withdrawn": Q(verified_at__isnull=False) & ~Q(status="verified"),
}


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments by place, and what a page needs loaded with them."""

    def within(self, paths: Iterable[str]) -> Self:
        """Keep the assessments of units at or below one of `paths`."""
        return self.filter(path_within(paths, "unit__path"))

    def with_reported(self) -> Self:
        """Join what each comes to as reported, so that `SHOWN` can ask for it."""
        reported = FilteredRelation("outcomes", condition=Q(outcomes__basis="reported"))
        return self.annotate(reported=reported).order_by("unit__path")

    def of_units_named(self, text: str) -> Self:
        """Keep those whose unit, or the one it lies in, has this in its name, or has this code."""
        name = fold(text.strip())
        return self.filter(
            Q(unit__search_name__contains=name)
            | Q(unit__parent__search_name__contains=name)
            | Q(unit__code=text.strip())
        )

    def with_officer(self) -> Self:
        """Keep those that the officer has to type or mend."""
        return self.filter(status__in=[self.model.Status.DRAFT, self.model.Status.RETURNED])

    def with_verifier(self) -> Self:
        """Keep those that were sent and await review."""
        return self.filter(status=self.model.Status.SUBMITTED)

    def most_urgent_first(self) -> Self:
        """Order what is with the officer: returned, begun, untouched, each by place."""
        urgency = Case(When(status="returned", then=0), When(version__gt=0, then=1), default=2)
        return self.order_by(urgency, "unit__path")

    def after(self, assessment: Assessment) -> Self:
        """Order those of the same round by place, the ones that follow first, then from the top."""
        others = self.filter(round=assessment.round_id).exclude(pk=assessment.pk)
        comes_after = Case(When(unit__path__gt=assessment.unit.path, then=0), default=1)
        return others.order_by(comes_after, "unit__path")

    def telling_late(self) -> Self:
        """Tell of each whether something was entered in it after its round had closed."""
        entries = apps.get_model("criteria", "LateEntry").objects.filter(assessment=OuterRef("pk"))
        return self.annotate(is_late=Exists(entries)).order_by("unit__path")

    def for_listing(self) -> Self:
        """Load what a line of a list says of each."""
        return self.select_related("unit__parent", "round")

    def for_page(self) -> Self:
        """Load what the head of a page says of each."""
        return self.select_related("unit", "round", "criteria_set", "submitted_by", "verified_by")


class RecognitionQuerySet(models.QuerySet["Recognition"]):
    """Recognitions by day, by place and by how they ended."""

    def in_force(self, day: date) -> Self:
        """Keep the decisions made by `day` and not revoked by then."""
        return self.lasting_after(day).filter(decision_date__lte=day)

    def lasting_after(self, day: date) -> Self:
        """Keep those that have not ended by `day`, also those decided later."""
        return self.filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=day))

    def revoked_by(self, day: date) -> Self:
        """Keep those taken away by `day`; neither replaced by others nor lost by a merger."""
        revoked = self.filter(revoked_on__lte=day, superseded_by__isnull=True)
        return revoked.exclude(merger_status=self.model.MergerStatus.LOST)

    def within(self, paths: Iterable[str]) -> Self:
        """Keep the recognitions of units at or below one of `paths`."""
        return self.filter(path_within(paths, "unit__path"))

    def for_listing(self) -> Self:
        """Load what a line of a list says of each, the latest decision first."""
        return self.select_related("unit__parent").order_by("-decision_date", "-pk")
