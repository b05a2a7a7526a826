"""Forms on the sheets of the assessors: typed item by item, or sent in as a workbook."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ntm_portal.lib.fields import NumberField, RegisterForm
from ntm_portal.lib.numbers import format_decimal
from ntm_portal.lib.workbooks import content_of, mark
from ocop import services
from ocop.models import AssessorSheet, Evaluation
from ocop.services import SheetEntry
from ocop.services.sheets import Asked, asked_of
from ocop.sheet_workbook import read_entry
from ocop.sheets import sheet_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ntm_portal.accounts.models import User
    from ocop.grading import Item

AREA = forms.Textarea(attrs={"rows": 3})


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
