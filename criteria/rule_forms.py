"""The form on which an administrator confirms a rule of recognition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.scoring.titles import Title
from criteria.services.confirming_rules import RuleReference, answers, asks_words

if TYPE_CHECKING:
    from django.http import QueryDict

    from criteria.recognition.law import Fact


class RuleConfirmationForm(forms.Form):
    """Where it is written and its words; and what it says, where nobody knew."""

    answer = forms.ChoiceField()
    words = forms.CharField(
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "lang": "vi"}),
        label=_("What the law asks, in Vietnamese"),
    )
    legal_ref = forms.CharField(max_length=400, label=_("Decree or decision, article, line"))
    source = forms.CharField(
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        label=_("The words as you read them, and where"),
    )

    def __init__(self, found: Fact, data: QueryDict | None = None) -> None:
        super().__init__(data=data, auto_id="%s", initial={"legal_ref": found.legal_ref})
        if known := answers(found):
            is_title = isinstance(found, Title)
            label = _("Who decides") if is_title else _("What becomes of the title")
            choices = [("", "–"), *known.items()]
            self.fields["answer"] = forms.ChoiceField(choices=choices, label=label)
        else:
            del self.fields["answer"]
        if not asks_words(found):
            del self.fields["words"]

    @property
    def reference(self) -> RuleReference:
        """Return what was read."""
        given = self.cleaned_data
        return RuleReference(
            legal_ref=given["legal_ref"],
            source=given["source"],
            answer=given.get("answer", ""),
            words=given.get("words", ""),
        )
