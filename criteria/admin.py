"""Rounds are opened in the administration; sets and thresholds are read there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit
from criteria import policies, services
from criteria.models import CriteriaSet, ReportingRound, RoundEvent, Threshold

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from criteria.views.reach import PortalRequest

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


class OpenRoundForm(forms.ModelForm[ReportingRound]):
    """What a new round needs; the database's own rules are checked by the model."""

    class Meta:
        model = ReportingRound
        fields = ["code", "reference_date", "opens_on", "due_on"]

    def clean(self) -> dict[str, Any]:
        """Refuse a day on which no set for communes is in force."""
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("reference_date")
        level = AdministrativeUnit.Level.COMMUNE
        if day and not CriteriaSet.objects.in_force(day, level=level).exists():
            sentence = _("No criteria set is in force on the reference date.")
            raise ValidationError({"reference_date": sentence})
        return cleaned


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
    """Opens rounds; closing, publishing and reopening stand on the page of the round."""

    form = OpenRoundForm
    list_display = ["code", "reference_date", "opens_on", "due_on", "status"]
    ordering = ["-reference_date"]

    def has_add_permission(self, request: PortalRequest) -> bool:  # type: ignore[override]  # behind the sign-in every request has a person
        """Only administrators open rounds."""
        return policies.may_run_rounds(request.user.scope)

    def get_inlines(self, request: HttpRequest, obj: ReportingRound | None) -> list[Any]:
        """Show the history of a round that is there."""
        return [RoundEventInline] if obj else []

    def save_model(  # type: ignore[override]  # as above
        self,
        request: PortalRequest,
        obj: ReportingRound,
        form: forms.ModelForm[ReportingRound],
        change: bool,  # noqa: FBT001  (the signature is Django's)
    ) -> None:
        """Open the round: its assessments are made and the last values carried over."""
        opened = services.open_round(
            obj.code,
            reference_date=obj.reference_date,
            opens_on=obj.opens_on,
            due_on=obj.due_on,
            by=request.user,
        )
        obj.pk = opened.pk


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
