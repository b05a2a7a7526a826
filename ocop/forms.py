"""What is checked before a certificate is recorded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ocop.grading import may_award, scheme_on
from ocop.models import Certificate
from ocop.rulebooks import schemes


class CertificateForm(forms.ModelForm[Certificate]):
    """Refuses stars that the level could not award on the day of the decision."""

    class Meta:
        model = Certificate
        fields = [
            "product",
            "evaluation",
            "stars",
            "decided_by_level",
            "decision_number",
            "valid_from",
            "valid_to",
            "revoked_on",
        ]

    def clean(self) -> dict[str, Any]:
        """Compare stars, level and day with the scheme in force on it."""
        data = super().clean() or self.cleaned_data
        if {"stars", "decided_by_level", "valid_from"} <= data.keys():
            self._check_award(data)
        return data

    def _check_award(self, data: dict[str, Any]) -> None:
        scheme = scheme_on(schemes(), data["valid_from"])
        if scheme is None:
            self.add_error("valid_from", _("No OCOP scheme was in force on this day."))
        elif not may_award(scheme, data["decided_by_level"], data["stars"], data["valid_from"]):
            self.add_error(
                "decided_by_level", _("This level could not award these stars on this day.")
            )
