"""Targets in the administration: the nation's, and those a province is given."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from programme.metrics import METRICS
from programme.models import Target


class TargetForm(forms.ModelForm[Target]):
    """A target whose metric and unit exist."""

    metric = forms.ChoiceField(
        label=_("metric"), choices=[(code, item.label) for code, item in METRICS.items()]
    )

    class Meta:
        model = Target
        fields = [
            "code",
            "name",
            "name_en",
            "unit_code",
            "metric",
            "comparator",
            "value",
            "is_approximate",
            "baseline_date",
            "due_on",
            "legal_ref",
            "source",
            "confidence",
            "position",
        ]

    def clean_unit_code(self) -> str:
        """Refuse a code that no unit has or had."""
        code: str = self.cleaned_data["unit_code"]
        if not AdministrativeUnit.objects.filter(code=code).exists():
            raise forms.ValidationError(_("No unit has this code."))
        return code


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin[Target]):
    """Targets, each measured by a metric there is."""

    form = TargetForm
    list_display = ["code", "label", "unit_code", "metric", "comparator", "value", "due_on"]
    list_filter = ["metric", "due_on"]
    search_fields = ["code", "name", "name_en", "unit_code"]
