"""Forms on what councils find and decide: evaluations, sheets, certificates, notices."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ntm_portal.lib.fields import DayField, NumberField, RegisterForm
from ntm_portal.lib.numbers import format_decimal
from ntm_portal.lib.workbooks import content_of, mark
from ocop import services
from ocop.models import AssessorSheet, Certificate, Evaluation, Level, ScoreSheet
from ocop.rulebooks import scheme_coded
from ocop.services import Award, Dossier, Letter, SheetEntry
from ocop.services.sheets import Asked, asked_of
from ocop.sheet_workbook import read_entry
from ocop.sheets import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ntm_portal.accounts.models import User
    from ocop.grading import Condition, Item
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


class SheetForm(RegisterForm):
    """One assessor's sheet: an option for each item, or points for each part."""

    at_field: ClassVar[Mapping[str, str]] = {
        "assessor-required": "assessor",
        "assessor-taken": "assessor",
        "sum-differs": "total",
    }
    assessor = forms.CharField(label=_("Assessor"), max_length=200)

    def __init__(
        self,
        *args: Any,
        by: User,
        evaluation: Evaluation,
        row: AssessorSheet | None = None,
        **kwargs: Any,
    ) -> None:  # Django's own arguments
        """Ask what the evaluation's sheet asks."""
        self.by, self.evaluation, self.row = by, evaluation, row
        if row is not None and not args:
            held: dict[str, Any] = {"assessor": row.assessor, "note": row.note}
            held |= {
                f"points-{code}": f"{row.choices[code]}:{points}"
                if code in row.choices
                else Decimal(points)
                for code, points in row.points.items()
            }
            kwargs["initial"] = held
        super().__init__(*args, **kwargs)
        self.items = list(sheet_of(evaluation.sheet).items) if evaluation.sheet else []
        for item in self.items:
            self.fields[f"points-{item.code}"] = _item_field(item)
        for part in [] if self.items else asked_of(evaluation):
            self.fields[f"points-{part.code}"] = _part_field(part)
        self.fields["total"] = NumberField(
            label=_("Total as written on the sheet"),
            required=False,
            help_text=_("If stated, it has to be the sum."),
        )
        self.fields["note"] = forms.CharField(label=_("Note"), required=False, widget=AREA)

    def save(self) -> AssessorSheet | None:
        """Save the sheet; each refusal stands at its item."""
        data = self.cleaned_data
        points: dict[str, Decimal] = {}
        choices: dict[str, int] = {}
        for key, value in data.items():
            code = key.removeprefix("points-")
            if code == key or value in (None, ""):
                continue
            if self.items:
                number, _sep, given = str(value).partition(":")
                points[code], choices[code] = Decimal(given), int(number)
            else:
                points[code] = Decimal(value)
        entry = SheetEntry(data["assessor"], points, data["total"], data["note"], choices)
        pk = self.row.pk if self.row else None
        return self.attempt(
            lambda: services.save_sheet(self.evaluation.pk, entry, by=self.by, pk=pk)
        )


class SheetUploadForm(RegisterForm):
    """An assessor's sheet as a workbook; all its faults at once, or the file marked with them."""

    at_field: ClassVar[Mapping[str, str]] = {
        "assessor-required": "assessor",
        "assessor-taken": "assessor",
        "concluded": "workbook",
    }
    assessor = forms.CharField(label=_("Assessor"), max_length=200)
    workbook = forms.FileField(
        label=_("Workbook"),
        help_text=_("The score sheet of this evaluation as it was taken from here, filled in."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    give_back = forms.BooleanField(
        label=_("If something is wrong, give the file back with each fault marked"),
        required=False,
    )

    def __init__(self, *args: Any, by: User, evaluation: Evaluation, **kwargs: Any) -> None:
        """Know what is scored."""
        super().__init__(*args, **kwargs)
        self.by, self.evaluation = by, evaluation
        self.marked: bytes | None = None

    def save(self) -> AssessorSheet | None:
        """Read the workbook and save the sheet; nothing when a cell is at fault."""
        return self.attempt(self._read_and_save)

    def _read_and_save(self) -> AssessorSheet | None:
        data = self.cleaned_data
        content = content_of(data["workbook"])
        entry, faults = read_entry(self.evaluation, data["assessor"], content)
        if not faults:
            return services.save_sheet(self.evaluation.pk, entry, by=self.by)
        if data["give_back"]:
            self.marked = mark(content, faults)
        for fault in faults:
            self.add_error("workbook", f"{fault.place}: {fault.sentence}")
        return None


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
    stars = forms.TypedChoiceField(
        label=_("Stars"), coerce=int, choices=[(number, "★" * number) for number in (3, 4, 5)]
    )
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


def _item_field(item: Item) -> forms.Field:
    """Return the choice among the options; where none is printed, none or all of the points."""
    offered = [
        (f"{number}:{option.points}", f"{format_decimal(option.points)} — {option.text}")
        for number, option in enumerate(item.options)
        if option.points is not None
    ]
    plain = [
        (f"{number}:{points}", format_decimal(points))
        for number, points in enumerate(sorted(item.allowed))
    ]
    return forms.ChoiceField(
        label=f"{item.code} {item.name} ({format_decimal(item.most)})",
        choices=[("", _("choose …")), *(offered or plain)],
        help_text=item.note,
        error_messages={"required": _("Give points for it; 0 is one too.")},
    )


def _part_field(part: Asked) -> forms.Field:
    return NumberField(
        label=f"{part.code}. {part.name}",
        help_text=_("0 to %(most)s points.") % {"most": format_decimal(part.most)},
        error_messages={"required": _("Give points for it; 0 is one too.")},
    )
