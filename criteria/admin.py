"""Rounds, sets and thresholds are read in the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.contrib import admin
from django.db.models import Model

from criteria.models import CriteriaSet, ReportingRound, RoundEvent, Threshold

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


Row = TypeVar("Row", bound=Model)


class ReadOnlyAdmin(admin.ModelAdmin[Row]):
    """Shows rows that come from files, or are written by services only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nothing is deleted here."""
        return False


class RoundEventInline(admin.TabularInline[RoundEvent, ReportingRound]):
    """Who opened, closed, published and reopened the round, when and why."""

    model = RoundEvent
    extra = 0
    readonly_fields = ["at", "by", "from_status", "to_status", "reason"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Leave steps to the services."""
        return False


@admin.register(ReportingRound)
class ReportingRoundAdmin(ReadOnlyAdmin[ReportingRound]):
    """Rounds and their steps; they are opened, closed and published on pages of their own."""

    list_display = ["code", "reference_date", "opens_on", "due_on", "status"]
    ordering = ["-reference_date"]
    inlines = [RoundEventInline]


@admin.register(CriteriaSet)
class CriteriaSetAdmin(ReadOnlyAdmin[CriteriaSet]):
    """The sets, as their files say them."""

    list_display = ["code", "level", "standard", "valid_from", "valid_to", "indicators_total"]


@admin.register(Threshold)
class ThresholdAdmin(ReadOnlyAdmin[Threshold]):
    """The thresholds with their axes, sources and confidence."""

    list_display = [
        "measure",
        "value",
        "region_code",
        "province_code",
        "designation",
        "confidence",
        "legal_ref",
    ]
    list_filter = ["confidence", "region_code", "is_demonstration"]
    search_fields = ["measure__code", "legal_ref"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Threshold]:
        """Load the measures with them."""
        return super().get_queryset(request).select_related("measure")
