"""The form on which an officer types her province's levels, with the decision that sets them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.models import Measure, Threshold
from criteria.presentation.wording import field_text
from criteria.services.documents import check_document
from criteria.services.provincial import objections
from criteria.services.provincial_drafts import Typed
from criteria.services.provincial_levels import WHOLE_PROVINCE, Level, Paper
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.numbers import NumberNotUnderstood, parse_decimal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

    from criteria.models import ProvincialDecision
    from criteria.services.provincial_levels import Law

UNDERSTOOD = "="  # before a number that a draft keeps, in nobody's language
HEAD = ("number", "decided_on", "valid_from", "document")


class DayInput(forms.DateInput):
    """A day as browsers pick it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LevelField(forms.CharField):
    """A level as the reader writes numbers; empty where the province sets none."""

    def __init__(self, measure: Measure, group: str, label: str) -> None:
        super().__init__(required=False, label=label)
        self.measure, self.group = measure, group
        self.widget.attrs["inputmode"] = "decimal"

    def shown(self, kept: str) -> str:
        """Return what a draft keeps as this reader writes it."""
        if not kept.startswith(UNDERSTOOD):
            return kept
        return field_text(self.measure.kind, Decimal(kept.removeprefix(UNDERSTOOD)))

    def clean(self, value: object) -> Level | None:
        """Return the level; refuse what is not a number in the reader's form."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return Level(self.measure, self.group, parse_decimal(text))
        except NumberNotUnderstood as refusal:
            raise ValidationError(str(refusal)) from refusal


class AnswerField(LevelField):
    """A level for what is answered by yes or no: the only one there is."""

    widget = forms.Select(choices=[("", "–"), ("1", gettext_lazy("must be yes"))])

    def clean(self, value: object) -> Level | None:
        """Return that yes is asked for, or nothing."""
        return Level(self.measure, self.group, Decimal(1)) if value == "1" else None


class DecisionForm(forms.Form):
    """The decision, and a field for each measure and group of communes."""

    number = forms.CharField(max_length=100, label=gettext_lazy("Decision number"))
    decided_on = forms.DateField(
        label=gettext_lazy("Date of the decision"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("Valid from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    document = forms.FileField(
        required=False, label=gettext_lazy("The decision as a file (PDF, JPEG or PNG)")
    )

    def __init__(
        self,
        law: Law,
        draft: ProvincialDecision,
        data: Mapping[str, Any] | None = None,  # what a browser posts, or what a draft keeps
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
    ) -> None:
        super().__init__(data=data, files=files, auto_id="%s")
        self.law, self.draft = law, draft
        for measure in law.measures:
            for group in ("", *law.groups) if law.is_delegated(measure) else ("",):
                self.fields[field_name(measure.code, group)] = self._field(measure, group)

    @classmethod
    def of_draft(cls, law: Law, draft: ProvincialDecision) -> DecisionForm:
        """Return the form filled with what the draft keeps."""
        head = {
            "number": draft.number,
            "decided_on": draft.decided_on,
            "valid_from": draft.valid_from,
        }
        form = cls(law, draft)
        kept = {
            name: asked.shown(text)
            for name, text in draft.proposal.items()
            if isinstance(asked := form.fields.get(name), LevelField)
        }
        return cls(law, draft, {**kept, **head})

    @property
    def levels(self) -> list[Level]:
        """Return the levels that were understood."""
        return [found for found in self.cleaned_data.values() if isinstance(found, Level)]

    @property
    def thresholds(self) -> list[Threshold]:
        """Return the levels as the rows they would become."""
        return [
            Threshold(
                measure=level.measure,
                value=level.value,
                commune_group=level.group,
                province_code=self.law.province.code,
            )
            for level in self.levels
        ]

    @property
    def typed(self) -> Typed:
        """Return everything that is to be kept, also what was refused."""
        given = self.cleaned_data
        proposal = {
            name: f"{UNDERSTOOD}{found.value}" if isinstance(found, Level) else text
            for name in self.fields
            if name not in HEAD and (text := str(self.data.get(name, "")).strip())
            for found in [given.get(name)]
        }
        return Typed(
            number=given.get("number", ""),
            decided_on=given.get("decided_on"),
            valid_from=given.get("valid_from"),
            proposal=proposal,
            document=given.get("document"),
        )

    def clean_document(self) -> UploadedFile[bytes] | None:
        """Refuse a file that is none by its content, or that is missing altogether."""
        upload: UploadedFile[bytes] | None = self.cleaned_data["document"]
        if upload is None:
            if not self.draft.file:
                raise ValidationError(
                    _("Attach the decision: nobody can check a level without it.")
                )
            return None
        try:
            check_document(upload)
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from refusal
        return upload

    def clean(self) -> dict[str, Any]:
        """Ask what only the whole can answer."""
        self._clean_days()
        if not self.levels and not any(name not in HEAD for name in self.errors):
            self.add_error(None, _("No level is typed: type at least one."))
        given = self.cleaned_data
        if given.get("valid_from") and given.get("decided_on") and given.get("number"):
            paper = Paper(given["number"], given["decided_on"], given["valid_from"])
            for (code, group), sentence in objections(self.law, paper, self.levels).items():
                self.add_error(field_name(code, group), sentence)
        return given

    def _clean_days(self) -> None:
        decided, valid = self.cleaned_data.get("decided_on"), self.cleaned_data.get("valid_from")
        the_set = self.law.criteria_set
        if decided and decided > timezone.localdate():
            self.add_error("decided_on", _("The decision lies in the future."))
        if decided and valid and valid < decided:
            self.add_error("valid_from", _("It cannot hold before it was decided."))
        elif valid and the_set.valid_to and valid > the_set.valid_to:
            self.add_error("valid_from", _("The set is no longer in force on that day."))

    def _field(self, measure: Measure, group: str) -> LevelField:
        sort = AnswerField if measure.kind == Measure.Kind.YES_NO else LevelField
        where = self.law.groups.get(group) or _("whole province")
        return sort(measure, group, f"{measure.code}, {where}")


def field_name(code: str, group: str = WHOLE_PROVINCE) -> str:
    """Return the name of the field for a measure and a group."""
    return f"level-{code}-{group}" if group else f"level-{code}"
