"""Forms on what councils find and decide: evaluations, certificates, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ntm_portal.lib.fields import DayField, RegisterForm
from ocop import services
from ocop.models import Certificate, Evaluation, Level, ScoreSheet
from ocop.rulebooks import scheme_coded, star_choices
from ocop.services import Award, Dossier, Letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ntm_portal.accounts.models import User
    from ocop.grading import Condition
    from ocop.models import ExpiryNotice, Product

AREA = forms.Textarea(attrs={"rows": 3})


class DossierForm(RegisterForm):
    """Which dossier a council evaluates, and by which sheet."""

    at_field: ClassVar[Mapping[str, str]] = {
        "in-the-future": "evaluated_on",
        "no-scheme": "evaluated_on",
        "day-taken": "evaluated_on",
        "filed-later": "filed_on",
        "bad-sheet": "sheet",
    }
    kind = forms.ChoiceField(label=_("Kind of dossier"), choices=Evaluation.Kind.choices)
    level = forms.ChoiceField(label=_("Council"), choices=Level.choices, initial=Level.PROVINCE)
    filed_on = DayField(label=_("Dossier filed on"))
    evaluated_on = DayField(label=_("Evaluated on"))
    sheet = forms.ModelChoiceField(
        ScoreSheet.objects.none(),
        label=_("Score sheet"),
        required=False,
        empty_label=_("none: totals by part"),
        help_text=_("It has to belong to the scheme that holds on the day."),
    )

    def __init__(self, *args: Any, by: User, product: Product, **kwargs: Any) -> None:
        """Offer the sound sheets of the product's group."""
        super().__init__(*args, **kwargs)
        self.by, self.product = by, product
        usable = ScoreSheet.objects.filter(is_current=True, is_sound=True, group=product.group)
        self.fields["sheet"].queryset = usable.defer("body")  # type: ignore[attr-defined]  # a ModelChoiceField

    def save(self) -> Evaluation | None:
        """Open the evaluation."""
        data = self.cleaned_data
        dossier = Dossier(**data)
        return self.attempt(lambda: services.open_evaluation(self.product.pk, dossier, by=self.by))


class ConclusionForm(RegisterForm):
    """Whether each minimum condition is met, and why the product is excluded, if it is."""

    disqualified_reason = forms.CharField(
        label=_("Excluded because"),
        required=False,
        widget=AREA,
        help_text=_("Only where the score sheet names a ground of exclusion."),
    )

    def __init__(self, *args: Any, by: User, evaluation: Evaluation, **kwargs: Any) -> None:
        """Ask each condition that is asked of the product's group."""
        super().__init__(*args, **kwargs)
        self.by, self.evaluation = by, evaluation
        self.conditions = list(_conditions(evaluation))
        for item in self.conditions:
            self.fields[f"met-{item.code}"] = forms.ChoiceField(
                label=f"{item.text} ({'★' * item.stars})",
                choices=[("", _("not said")), ("yes", _("met")), ("no", _("not met"))],
                required=False,
                help_text=item.legal_ref,
            )
        self.order_fields([*(f"met-{item.code}" for item in self.conditions)])

    def save(self) -> Evaluation | None:
        """Conclude the evaluation."""
        data = self.cleaned_data
        answers = {
            item.code: data[f"met-{item.code}"] == "yes"
            for item in self.conditions
            if data[f"met-{item.code}"]
        }
        return self.attempt(
            lambda: services.conclude(
                self.evaluation.pk,
                answers,
                by=self.by,
                disqualified_reason=data["disqualified_reason"],
            )
        )


class AwardForm(RegisterForm):
    """A decision of award as it stands on paper."""

    at_field: ClassVar[Mapping[str, str]] = {
        "number-required": "number",
        "number-taken": "number",
        "in-the-future": "on",
        "no-scheme": "on",
        "before-evaluation": "on",
        "dates-cross": "on",
        "bad-stars": "stars",
        "wrong-level": "level",
        "not-allowed": "level",
    }
    stars = forms.TypedChoiceField(label=_("Stars"), coerce=int, choices=star_choices)
    level = forms.ChoiceField(label=_("Decided by"), choices=Level.choices, initial=Level.PROVINCE)
    number = forms.CharField(label=_("Decision number"), max_length=100)
    on = DayField(label=_("Date of the decision"))

    def __init__(
        self,
        *args: Any,
        by: User,
        product: Product,
        evaluation: Evaluation | None = None,
        **kwargs: Any,
    ) -> None:  # Django's own arguments
        """Know what is certified, and the evaluation that it rests on."""
        super().__init__(*args, **kwargs)
        self.by, self.product, self.evaluation = by, product, evaluation

    def save(self) -> Certificate | None:
        """Record the award."""
        data = self.cleaned_data
        award = Award(data["stars"], data["level"], data["number"], data["on"], self.evaluation)
        return self.attempt(lambda: services.certify(self.product.pk, award, by=self.by))


class RevocationForm(RegisterForm):
    """A decision that takes a certificate away."""

    at_field: ClassVar[Mapping[str, str]] = {
        "number-required": "number",
        "reason-required": "reason",
        "in-the-future": "on",
        "dates-cross": "on",
        "not-allowed": "number",
        "ended": "on",
    }
    number = forms.CharField(label=_("Decision number"), max_length=100)
    on = DayField(label=_("Revoked on"))
    reason = forms.CharField(label=_("Why it is revoked"), widget=AREA)

    def __init__(self, *args: Any, by: User, row: Certificate, **kwargs: Any) -> None:
        """Know what is revoked."""
        super().__init__(*args, **kwargs)
        self.by, self.row = by, row

    def save(self) -> Certificate | None:
        """Record the revocation."""
        data = self.cleaned_data
        return self.attempt(
            lambda: services.revoke(
                self.row.pk, data["on"], data["number"], data["reason"], by=self.by
            )
        )


class NoticeForm(RegisterForm):
    """The letter by which the holder is told that the certificate ends."""

    at_field: ClassVar[Mapping[str, str]] = {
        "number-required": "number",
        "number-taken": "number",
        "in-the-future": "sent_on",
        "ended": "sent_on",
    }
    number = forms.CharField(label=_("Number of the letter"), max_length=100)
    sent_on = DayField(label=_("Sent on"))

    def __init__(self, *args: Any, by: User, row: Certificate, **kwargs: Any) -> None:
        """Know which certificate ends."""
        super().__init__(*args, **kwargs)
        self.by, self.row = by, row

    def save(self) -> ExpiryNotice | None:
        """Produce and record the letter."""
        letter = Letter(self.cleaned_data["number"], self.cleaned_data["sent_on"])
        return self.attempt(lambda: services.notify(self.row.pk, letter, by=self.by))


class ReopeningForm(RegisterForm):
    """Why a concluded evaluation is opened again."""

    reason = forms.CharField(label=_("Reason"), widget=AREA)

    def __init__(self, *args: Any, by: User, evaluation: Evaluation, **kwargs: Any) -> None:
        """Know what is opened."""
        super().__init__(*args, **kwargs)
        self.by, self.evaluation = by, evaluation

    def save(self) -> Evaluation | None:
        """Open it again."""
        reason = self.cleaned_data["reason"]
        return self.attempt(lambda: services.reopen(self.evaluation.pk, reason, by=self.by))


def _conditions(evaluation: Evaluation) -> Iterator[Condition]:
    scheme = scheme_coded(evaluation.scheme_code)
    if scheme is not None:
        yield from (item for item in scheme.conditions_of(evaluation.product.group) if item.text)
