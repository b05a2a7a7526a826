"""What is asked before a report is made: who reports, under which number, who signs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from programme.reports.office import Office, proposed

if TYPE_CHECKING:
    from django.http import QueryDict

    from communes.models import AdministrativeUnit

LONGEST = 120


class OfficeForm(forms.Form):
    """The head and the foot of a report; what is usual is proposed."""

    superior = forms.CharField(label=_("Authority above"), max_length=LONGEST)
    authority = forms.CharField(label=_("Authority that reports"), max_length=LONGEST)
    number = forms.CharField(label=_("Number and sign"), max_length=40)
    place = forms.CharField(label=_("Place"), max_length=60)
    signed_on = forms.DateField(
        label=_("Signed on"),
        required=False,
        help_text=_("Left empty, there is room for the day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    office = forms.CharField(label=_("Office of who signs"), max_length=80)
    name = forms.CharField(label=_("Name of who signs"), max_length=80, required=False)

    def __init__(self, unit: AdministrativeUnit, data: QueryDict | None = None) -> None:
        super().__init__(data, initial=proposed(unit).as_json(), label_suffix="")

    @property
    def said(self) -> Office:
        """Return what was filled in."""
        given = self.cleaned_data
        day = given["signed_on"]
        texts = {name: given[name] for name in given if name != "signed_on"}
        return replace(Office(**texts), signed_on=day)
