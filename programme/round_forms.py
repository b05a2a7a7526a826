"""What a new round needs, and whether its administrator has seen what opening it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria import services
from criteria.models import ReportingRound
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User


class RoundForm(forms.ModelForm[ReportingRound]):
    """Code and days of a round; the service has the last word."""

    class Meta:
        model = ReportingRound
        fields = ["code", "reference_date", "opens_on", "due_on"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("reference_date", "opens_on", "due_on")
        }
        help_texts = {
            "code": gettext_lazy("such as 2021-Q2; it stands in addresses and cannot be changed"),
            "reference_date": gettext_lazy("the day whose map and law count"),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a round that would be due before it opens."""
        cleaned = super().clean() or self.cleaned_data
        opens, due = cleaned.get("opens_on"), cleaned.get("due_on")
        if opens and due and due < opens:
            self.add_error("due_on", _("A round is due after it opens."))
        return cleaned

    def open(self, *, by: User) -> ReportingRound | None:
        """Open the round; what refuses it stands above the form."""
        try:
            return services.open_round(**self.cleaned_data, by=by)
        except DomainError as refusal:
            self.add_error(None, str(refusal))
            return None
