"""Forms of the register of cooperatives; objections of the services stand at their fields."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communes.unit_choice import find_commune
from cooperatives import services
from cooperatives.models import Cooperative, YearlyReturn
from cooperatives.rating import GREATEST_SCORE, rule_on
from cooperatives.rulebooks import rating_rules
from cooperatives.services import CooperativeEntry, Ending, ReturnEntry
from cooperatives.services.steps import last_step
from ntm_portal.lib.fields import DayField, NumberField, RegisterForm
from ntm_portal.lib.numbers import format_decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ntm_portal.accounts.models import User

AREA = forms.Textarea(attrs={"rows": 3})
MOST_NAMED = 50  # faults on a page; the marked file has them all
MILLION = _("In million đồng.")
ENTRY = (
    *("name", "name_en", "kind", "sector", "registered_under", "registered_on", "tax_code"),
    *("registration_number", "members", "women_members", "capital_million_vnd", "land_ha"),
    *("machinery", "main_products", "uses_high_technology"),
)


class CooperativeForm(RegisterForm):
    """What the register says of a cooperative."""

    at_field: ClassVar[Mapping[str, str]] = {
        "name-required": "name",
        "looks-double": "is_new",
        "in-the-future": "registered_on",
        "dates-cross": "registered_on",
        "negative-capital": "capital_million_vnd",
        "women-above-members": "women_members",
        "bad-tax-code": "tax_code",
        "tax-code-taken": "tax_code",
        "bad-registration-number": "registration_number",
        "not-allowed": "commune",
    }
    name = forms.CharField(label=_("Name"), max_length=400)
    name_en = forms.CharField(label=_("Name in English"), max_length=400, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Cooperative.Kind.choices)
    sector = forms.ChoiceField(
        label=_("Field"),
        choices=[("", _("not stated")), *Cooperative.Sector.choices],
        required=False,
    )
    commune = forms.CharField(
        label=_("Commune"), max_length=100, help_text=_("Official code, or name.")
    )
    registered_under = forms.ChoiceField(
        label=_("Registered under"),
        choices=Cooperative.Law.choices,
        initial=Cooperative.Law.LAW_2023,
    )
    registered_on = DayField(label=_("Registered on"))
    tax_code = forms.CharField(label=_("Tax code"), max_length=20, required=False)
    registration_number = forms.CharField(
        label=_("Registration number"), max_length=40, required=False
    )
    members = NumberField(label=_("Members"), places=0, required=False)
    women_members = NumberField(label=_("Women among them"), places=0, required=False)
    capital_million_vnd = NumberField(label=_("Capital"), required=False, help_text=MILLION)
    land_ha = NumberField(label=_("Land"), required=False, help_text=_("In hectares."))
    machinery = forms.CharField(label=_("Machinery"), required=False, widget=AREA)
    main_products = forms.CharField(label=_("Main products"), required=False, widget=AREA)
    uses_high_technology = forms.BooleanField(label=_("uses high technology"), required=False)
    is_new = forms.BooleanField(
        label=_("It is another one than those called the same in its commune"), required=False
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, by: User, row: Cooperative | None = None, **kwargs: Any
    ) -> None:  # Django's own arguments
        """Know who types, and what is changed."""
        self.by, self.row = by, row
        if row is not None and not args:
            held = {name: getattr(row, name) for name in ENTRY}
            held |= {"commune": row.commune.code, "seen": last_step(row)}
            kwargs["initial"] = held | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if row is not None:
            del self.fields["is_new"]

    def clean(self) -> dict[str, Any]:  # whatever the fields hold
        """Find the commune as it was when the cooperative was registered."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            day = max(data["registered_on"], date(1990, 1, 1))
            data["unit"] = self.attempt(
                lambda: find_commune(data["commune"], day, self.by.scope.read)
            )
        return data

    def save(self) -> Cooperative | None:
        """Register or change it; nothing, with the sentence at its field, when refused."""
        data = self.cleaned_data
        entry = CooperativeEntry(commune=data["unit"], **{name: data[name] for name in ENTRY})
        row = self.row
        if row is not None:
            return self.attempt(
                lambda: services.change(row.pk, entry, by=self.by, seen=data["seen"])
            )
        is_new = data["is_new"]
        return self.attempt(lambda: services.register(entry, by=self.by, is_new=is_new))


class EndingForm(RegisterForm):
    """A turn in the life of a cooperative: its day and the paper that says so."""

    at_field: ClassVar[Mapping[str, str]] = {
        "in-the-future": "on",
        "dates-cross": "on",
        "document-required": "document",
        "bad-successor": "successor",
        "same": "successor",
    }
    on = DayField(label=_("From"))
    document = forms.CharField(label=_("Document"), max_length=200)
    successor = forms.IntegerField(
        label=_("Number of the cooperative it is merged into"),
        help_text=_("The number stands at the head of its page."),
    )
    reason = forms.CharField(label=_("Reason"), required=False, widget=AREA)

    def __init__(
        self, *args: Any, by: User, row: Cooperative, turn: str, **kwargs: Any
    ) -> None:  # Django's own arguments
        """Know who types, and which turn it is."""
        super().__init__(*args, **kwargs)
        self.by, self.row, self.turn = by, row, turn
        if turn != "merge":
            del self.fields["successor"]

    def clean_successor(self) -> int:
        """Refuse a number that is none of those within her reach."""
        pk: int = self.cleaned_data["successor"]
        if not Cooperative.objects.within(self.by.scope.read).filter(pk=pk).exists():
            raise forms.ValidationError(_("No cooperative in your area has this number."))
        return pk

    def save(self) -> Cooperative | None:
        """Record the turn."""
        data = self.cleaned_data
        ending = Ending(data["on"], data["document"], data["reason"])
        if self.turn == "merge":
            return self.attempt(
                lambda: services.merge_into(self.row.pk, data["successor"], ending, by=self.by)
            )
        turns: dict[str, Callable[..., Cooperative]] = {
            "suspend": services.suspend,
            "resume": services.resume,
            "dissolve": services.dissolve,
        }
        return self.attempt(lambda: turns[self.turn](self.row.pk, ending, by=self.by))


class ReturnForm(RegisterForm):
    """The yearly return: figures, and points by criterion of the rule of its year."""

    at_field: ClassVar[Mapping[str, str]] = {
        "bad-score": "score",
        "sum-differs": "score",
        "bad-months": "months_stopped",
        "women-above-members": "women_members",
        "negative-amount": "capital_million_vnd",
    }
    members = NumberField(label=_("Official members"), places=0, required=False)
    women_members = NumberField(label=_("Women among them"), places=0, required=False)
    revenue_million_vnd = NumberField(
        label=_("Revenue of the year"), required=False, help_text=MILLION
    )
    capital_million_vnd = NumberField(label=_("Total capital"), required=False, help_text=MILLION)
    profit_million_vnd = NumberField(
        label=_("Profit before tax"), required=False, help_text=MILLION
    )
    months_stopped = NumberField(label=_("Months without work"), places=0, required=False)
    score = NumberField(
        label=_("Score"),
        required=False,
        help_text=_("0 to 100. Left empty, the points below are added up."),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=AREA)
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, by: User, cooperative: Cooperative, year: int, **kwargs: Any
    ) -> None:  # Django's own arguments
        """Ask the points that the rule of the year knows; show what is stored."""
        self.by, self.cooperative, self.year = by, cooperative, year
        self.rule = rule_on(rating_rules(), date(year, 12, 31))
        row = cooperative.returns.filter(year=year).first() if cooperative.pk else None
        if row is not None and not args:
            kwargs["initial"] = held_of(row) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for item in self.rule.criteria if self.rule else ():
            most = format_decimal(item.most if item.most is not None else GREATEST_SCORE)
            self.fields[f"points-{item.code}"] = NumberField(
                label=f"{item.code}. {item.name}",
                required=False,
                help_text=_("0 to %(most)s points.") % {"most": most}
                if item.most is not None
                else _("How many points it gives was not read."),
            )

    def save(self) -> YearlyReturn | None:
        """Save the draft."""
        data = self.cleaned_data
        names = (
            *("members", "women_members", "revenue_million_vnd", "capital_million_vnd"),
            *("profit_million_vnd", "score", "note"),
        )
        scores: dict[str, Decimal] = {
            key.removeprefix("points-"): value
            for key, value in data.items()
            if key.startswith("points-") and value is not None
        }
        entry = ReturnEntry(
            **{name: data[name] for name in names},
            months_stopped=data["months_stopped"] or 0,
            scores=scores,
        )
        return self.attempt(
            lambda: services.save_return(
                self.cooperative.pk, self.year, entry, by=self.by, seen_version=data["seen_version"]
            )
        )


class YearForm(forms.Form):
    """Which year a return is typed for."""

    year = forms.IntegerField(label=_("Year"), min_value=2000)

    def clean_year(self) -> int:
        """Refuse a year that has not begun."""
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("This year has not begun."))
        return year


def held_of(row: YearlyReturn) -> dict[str, Any]:  # what the fields show
    """Return what the form shows of a return."""
    names = (
        *("members", "women_members", "revenue_million_vnd", "capital_million_vnd"),
        *("profit_million_vnd", "months_stopped", "score", "note"),
    )
    held = {name: getattr(row, name) for name in names}
    held |= {f"points-{code}": Decimal(points) for code, points in row.scores.items()}
    return held | {"seen_version": row.version}
