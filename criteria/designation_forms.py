"""The form on which an administrator states a designation with its period and decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communes.designation_files import Standing, version_on
from communes.models import Designation
from criteria.provincial_forms import DayInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from communes.models import AdministrativeUnit


class DesignationForm(forms.Form):
    """A kind, its first and last day, and the decision; of the version of the first day."""

    kind = forms.ChoiceField(choices=Designation.Kind.choices, label=gettext_lazy("Designation"))
    valid_from = forms.DateField(label=gettext_lazy("Valid from"), widget=DayInput)
    valid_to = forms.DateField(
        label=gettext_lazy("Until, if it ended"), required=False, widget=DayInput
    )
    legal_ref = forms.CharField(
        max_length=300, label=gettext_lazy("Decision"), widget=forms.TextInput(attrs={"size": 40})
    )

    def __init__(
        self,
        data: Mapping[str, str] | None,
        versions: Sequence[AdministrativeUnit],
        initial: dict[str, Any] | None = None,  # as the address names it
    ) -> None:
        super().__init__(data, initial=initial)
        self.versions = versions
        self.unit: AdministrativeUnit | None = None

    def clean(self) -> dict[str, Any]:
        """Find the version of the first day, and refuse a period that ends before it begins."""
        found = super().clean() or {}
        begins, ends = found.get("valid_from"), found.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", _("It ends before it begins."))
        if begins:
            self.unit = version_on(self.versions, begins)
            if self.unit is None:
                self.add_error("valid_from", _("This unit was not on the map on that day."))
        return found

    @property
    def standing(self) -> Standing:
        """Return what was stated."""
        given = self.cleaned_data
        assert self.unit is not None  # noqa: S101  (a valid form has found it)
        return Standing(
            self.unit, given["kind"], given["valid_from"], given["valid_to"], given["legal_ref"]
        )
