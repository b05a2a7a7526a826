"""Forms on paper decisions: a recognition, a revocation; objections stand at their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from criteria.models import Recognition
from criteria.recognition.days import usual_day
from criteria.recognition.law import titles
from criteria.recognition.rules import authorities
from criteria.recognition.wording import authority_label
from criteria.scoring.titles import titles_on
from criteria.services import recognitions as services
from criteria.services.recognition_checks import (
    BY_DECISION,
    Decision,
    Revocation,
    recording_objections,
    revoking_objections,
)
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.uploads import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ntm_portal.accounts.models import User

FIRST_YEAR = 2009  # QĐ 491/QĐ-TTg, the first national set
MOST_NAMED = 8
DAY_FORMATS = ["%d/%m/%Y", "%Y-%m-%d", "%d %b %Y"]
DAY_WIDGET = {"inputmode": "numeric", "autocomplete": "off"}
CHOOSE = ("", _("choose …"))
# At which field an objection stands; the others stand above the form.
FIELDS = {
    "number-required": "number",
    "number-taken": "number",
    "in-the-future": "date",
    "before-decision": "date",
    "unit-abolished": "date",
    "unit-not-yet": "date",
    "year-after-decision": "standard_year",
    "no-such-title": "standard",
    "held-already": "standard",
    "wrong-authority": "authority_level",
    "bad-merger-status": "merger_status",
    "conditions-fail": "exception_reason",
    "reason-required": "reason",
    "bad-document": "document",
    "not-allowed": "unit",
}


class PaperForm(forms.Form):
    """What every decision has: a number, a date, perhaps the paper itself."""

    number = forms.CharField(label=_("Decision number"), max_length=100)
    date = forms.DateField(
        label=_("Date of the decision"),
        widget=forms.DateInput(attrs=DAY_WIDGET, format=DAY_FORMATS[0]),
        input_formats=DAY_FORMATS,
        help_text=_("Day/month/year, such as 31/12/2020."),
    )
    document = forms.FileField(
        label=_("Scan of the decision"),
        required=False,
        help_text=format_lazy(
            _("PDF, JPEG or PNG, at most {most} MB. After an error, choose the file again."),
            most=MOST_BYTES // 1024**2,
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def add_objections(self, objections: Iterable[DomainError]) -> None:
        """Put each objection at its field, or above the form where it has none."""
        for objection in objections:
            field = FIELDS.get(objection.code)
            self.add_error(field if field in self.fields else None, str(objection))


class RecognitionForm(PaperForm):
    """A decision of recognition; the unit is named by its code, or by a name that is unique."""

    unit = forms.CharField(
        label=_("Unit"), max_length=100, help_text=_("Official code, or name without its kind.")
    )
    standard = forms.ChoiceField(
        label=_("Standard"), choices=[CHOOSE, *Recognition.Standard.choices]
    )
    standard_year = forms.IntegerField(
        label=_("Year of the standard"),
        min_value=FIRST_YEAR,
        max_value=9999,
        help_text=_("Often not the year of the decision."),
    )
    authority_level = forms.ChoiceField(label=_("Decided by"))
    merger_status = forms.ChoiceField(
        label=_("After a merger"),
        required=False,
        help_text=_("Only for a unit formed from units that held this standard."),
    )
    exception_reason = forms.CharField(
        label=_("Reason for an exception"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where a condition does not hold; it is stored and shown."),
    )
    field_order = [
        "unit",
        "standard",
        "standard_year",
        "number",
        "date",
        "authority_level",
        "document",
        "merger_status",
        "exception_reason",
    ]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:  # Django's own arguments
        """Know who records; offer the authorities of the law."""
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["authority_level"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            CHOOSE,
            *((level, authority_label(level)) for level in authorities()),
        ]
        self.fields["merger_status"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("not after a merger")),
            *((status.value, status.label) for status in BY_DECISION),
        ]

    @cached_property
    def named_unit(self) -> AdministrativeUnit | None:
        """Return the unit whose code stands in the field, as it last was."""
        reach = AdministrativeUnit.objects.within(self.by.scope.read)
        return reach.filter(code=str(self["unit"].value() or "")).order_by("pk").last()

    def suggest(self) -> None:
        """Fill in which standard such a unit is given first, and by whom, as far as is known."""
        if (unit := self.named_unit) is None:
            return
        day = usual_day(timezone.localdate())
        for title in titles_on(titles(), unit.level, unit.kind, day)[:1]:
            self.initial["standard"] = self.initial.get("standard") or title.standard
            self.initial["authority_level"] = title.decided_by

    def clean(self) -> dict[str, Any]:  # whatever the fields hold
        """Find the unit on the day of the decision, and ask what speaks against recording."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        try:
            unit = data["found"] = _unit(data["unit"], data["date"], self.by)
        except DomainError as objection:
            self.add_error("unit", str(objection))
            return data
        data["decision"] = Decision(
            standard=data["standard"],
            standard_year=data["standard_year"],
            number=data["number"],
            date=data["date"],
            authority_level=data["authority_level"],
            document=data["document"],
            exception_reason=data["exception_reason"],
            merger_status=data["merger_status"],
        )
        today = timezone.localdate()
        self.add_objections(recording_objections(unit, data["decision"], by=self.by, today=today))
        return data

    def save(self) -> Recognition | None:
        """Record the decision; nothing, with the sentence at its field, when it is refused."""
        data = self.cleaned_data
        try:
            return services.recognise(data["found"], data["decision"], by=self.by)
        except DomainError as objection:
            self.add_objections([objection])
            return None


class RevocationForm(PaperForm):
    """A decision that takes a title away."""

    reason = forms.CharField(label=_("Why it is revoked"), widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ["number", "date", "reason", "document"]

    def __init__(self, *args: Any, recognition: Recognition, by: User, **kwargs: Any) -> None:
        """Know what is revoked and who records it."""
        super().__init__(*args, **kwargs)
        self.recognition = recognition
        self.by = by
        self.fields["date"].label = _("Revoked on")

    def clean(self) -> dict[str, Any]:  # whatever the fields hold
        """Ask what speaks against revoking."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            revocation = data["revocation"] = Revocation(
                on=data["date"],
                number=data["number"],
                reason=data["reason"],
                document=data["document"],
            )
            today = timezone.localdate()
            self.add_objections(
                revoking_objections(self.recognition, revocation, by=self.by, today=today)
            )
        return data

    def save(self) -> Recognition | None:
        """Record the revocation; nothing, with its sentence, when it is refused."""
        try:
            revocation = self.cleaned_data["revocation"]
            return services.revoke(self.recognition.pk, revocation, by=self.by)
        except DomainError as objection:
            self.add_objections([objection])
            return None


class DayForm(forms.Form):
    """The day that a page speaks of."""

    on = forms.DateField(
        label=_("As of"),
        required=False,
        widget=forms.DateInput(attrs=DAY_WIDGET, format=DAY_FORMATS[0]),
        input_formats=DAY_FORMATS,
    )


def _unit(text: str, day: date, by: User) -> AdministrativeUnit:
    """Return the unit of this code or name within her reach, as it was on the day.

    A version that was not in force is returned all the same, so that it can be said why not.
    """
    text = text.strip()
    is_exact = Q(code=text) | Q(name__iexact=text) | Q(short_name__iexact=text)
    reach = AdministrativeUnit.objects.within(by.scope.read).order_by("path")
    found = list(reach.on(day).filter(is_exact)) or list(reach.on(day).named(text)[:MOST_NAMED])
    if len(found) == 1:
        return found[0]
    if found:
        sentence = gettext("Several units are called so: %(names)s. Type the code.")
        names = ", ".join(f"{unit.label} ({unit.code})" for unit in found[:MOST_NAMED])
        raise DomainError(sentence % {"names": names}, code="ambiguous")
    if former := reach.filter(is_exact).last():
        return former
    raise DomainError(gettext("No unit in your area has this code or name."), code="unknown-unit")
