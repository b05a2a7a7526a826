"""The form on which an administrator confirms a fact of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from criteria.models import Measure
from criteria.presentation.wording import field_text
from criteria.provincial_forms import AnswerField, LevelField
from criteria.services.confirming import Reference, check_reference
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from django.http import QueryDict

    from criteria.models import Threshold


class ConfirmationForm(forms.Form):
    """The level as it was read, where it is written, and its words."""

    legal_ref = forms.CharField(max_length=400, label=_("Decree or decision, article, line"))
    source = forms.CharField(
        widget=forms.Textarea({"rows": 3}), label=_("The words as you read them, and where")
    )

    def __init__(self, threshold: Threshold, data: QueryDict | None = None) -> None:
        super().__init__(data=data, auto_id="%s")
        self.threshold = threshold
        measure = threshold.measure
        if threshold.is_exempt:
            return
        sort = AnswerField if measure.kind == Measure.Kind.YES_NO else LevelField
        field = sort(measure, "", str(_("Level")))
        field.required = True
        field.initial = field_text(measure.kind, threshold.value)
        self.fields = {"value": field, **self.fields}

    @property
    def reference(self) -> Reference:
        """Return what was read."""
        given = self.cleaned_data
        level = given.get("value")
        return Reference(level.value if level else None, given["legal_ref"], given["source"])

    def clean_value(self) -> Any:  # a Level, which forms do not know
        """Refuse a level that cannot stand."""
        level = self.cleaned_data["value"]
        try:
            check_reference(self.threshold, Reference(level.value if level else None, "", ""))
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from refusal
        return level
