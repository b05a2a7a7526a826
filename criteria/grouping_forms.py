"""The form on which an officer says which group each commune of her province belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.provincial_forms import DayInput
from criteria.services.grouping import NO_GROUP, Grouping
from criteria.services.provincial_levels import groups_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.forms import BoundField
    from django.http import QueryDict

    from communes.models import AdministrativeUnit
    from criteria.models import CommuneGroup, CriteriaSet


class GroupingForm(forms.Form):
    """From which day, by which paper, and a choice for each commune."""

    valid_from = forms.DateField(label=_("Valid from"), widget=DayInput)
    legal_ref = forms.CharField(max_length=400, label=_("Decision that names the communes"))

    def __init__(
        self,
        criteria_set: CriteriaSet,
        communes: Sequence[AdministrativeUnit],
        standing: Mapping[int, CommuneGroup],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data=data, auto_id="%s")
        self.communes = communes
        choices = [(NO_GROUP, "–"), *groups_of(criteria_set).items()]
        for unit in communes:
            held = standing.get(unit.pk)
            self.fields[f"group-{unit.code}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                label=unit.label,
                initial=held.group if held else NO_GROUP,
            )

    @property
    def rows(self) -> list[tuple[AdministrativeUnit, BoundField]]:
        """Return each commune with its field."""
        return [(unit, self[f"group-{unit.code}"]) for unit in self.communes]

    @property
    def head(self) -> list[BoundField]:
        """Return the fields above the communes."""
        return [self["valid_from"], self["legal_ref"]]

    @property
    def grouping(self) -> Grouping:
        """Return what was typed."""
        given = self.cleaned_data
        groups = {unit.pk: given[f"group-{unit.code}"] for unit in self.communes}
        return Grouping(groups, given["valid_from"], given["legal_ref"])
