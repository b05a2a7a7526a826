"""Forms on value chains and their contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from communes.unit_choice import find_commune
from cooperatives.models import Cooperative
from ntm_portal.lib.fields import DayField, NumberField, RegisterForm
from ocop import services
from ocop.models import ChainContract, Producer, Product, ValueChain
from ocop.services import ChainEntry
from ocop.services.steps import last_step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from ntm_portal.accounts.models import User

NUMBERS = _("Their numbers, parted by commas.")
OWN = ("name", "name_en", "approved_by", "started_on", "ended_on", "households")


class ChainForm(RegisterForm):
    """What the register says of a chain, and who is joined in it."""

    at_field: ClassVar[Mapping[str, str]] = {
        "name-required": "name",
        "dates-cross": "ended_on",
        "not-allowed": "commune",
    }
    name = forms.CharField(label=_("Name of the chain"), max_length=400)
    name_en = forms.CharField(label=_("Name in English"), max_length=400, required=False)
    commune = forms.CharField(
        label=_("Commune of its seat"), max_length=100, help_text=_("Official code, or name.")
    )
    started_on = DayField(label=_("Started on"))
    ended_on = DayField(label=_("Ended on"), required=False)
    approved_by = forms.CharField(label=_("Approved by decision"), max_length=200, required=False)
    households = NumberField(label=_("Households"), places=0, required=False)
    communes = forms.CharField(
        label=_("Other communes"), required=False, help_text=_("Official codes, parted by commas.")
    )
    cooperatives = forms.CharField(label=_("Cooperatives"), required=False, help_text=NUMBERS)
    producers = forms.CharField(label=_("Producers"), required=False, help_text=NUMBERS)
    products = forms.CharField(label=_("Products"), required=False, help_text=NUMBERS)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, by: User, row: ValueChain | None = None, **kwargs: Any
    ) -> None:  # Django's own arguments
        """Know who types, and what is changed."""
        self.by, self.row = by, row
        if row is not None and not args:
            held = {name: getattr(row, name) for name in OWN}
            held |= {"commune": row.lead_unit.code, "seen": last_step(row)}
            held["communes"] = ", ".join(row.communes.values_list("code", flat=True))
            for name in ("cooperatives", "producers", "products"):
                held[name] = ", ".join(str(each.pk) for each in getattr(row, name).all())
            kwargs["initial"] = held
        super().__init__(*args, **kwargs)

    def clean_communes(self) -> list[AdministrativeUnit]:
        """Find the communes by their codes, as they last were."""
        found = AdministrativeUnit.objects.within(self.by.scope.read)
        found = found.filter(level=AdministrativeUnit.Level.COMMUNE)
        by_code = {
            unit.code: unit for unit in found.filter(code__in=_words(self.cleaned_data["communes"]))
        }
        return _all(by_code, _words(self.cleaned_data["communes"]))

    def clean_cooperatives(self) -> list[Cooperative]:
        """Find the cooperatives by their numbers."""
        return self._joined("cooperatives", Cooperative.objects.within(self.by.scope.read))

    def clean_producers(self) -> list[Producer]:
        """Find the producers by their numbers."""
        return self._joined("producers", Producer.objects.within(self.by.scope.read))

    def clean_products(self) -> list[Product]:
        """Find the products by their numbers."""
        return self._joined("products", Product.objects.within(self.by.scope.read))

    def clean(self) -> dict[str, Any]:  # whatever the fields hold
        """Find the commune of its seat."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            data["unit"] = self.attempt(
                lambda: find_commune(data["commune"], data["started_on"], self.by.scope.read)
            )
        return data

    def save(self) -> ValueChain | None:
        """Register or change it."""
        data = self.cleaned_data
        joined = ("communes", "cooperatives", "producers", "products")
        values = {name: data[name] for name in (*OWN, *joined)}
        entry = ChainEntry(lead_unit=data["unit"], **values)
        row = self.row
        if row is not None:
            return self.attempt(
                lambda: services.change_chain(row.pk, entry, by=self.by, seen=data["seen"])
            )
        return self.attempt(lambda: services.register_chain(entry, by=self.by))

    def _joined(self, name: str, reach: QuerySet[Any]) -> list[Any]:  # of any of the models
        words = _words(self.cleaned_data[name])
        numbers = [int(word) for word in words if word.isdecimal() and len(word) < 10]
        return _all({str(row.pk): row for row in reach.filter(pk__in=numbers)}, words)


class ContractsForm(RegisterForm):
    """The contracts of a year."""

    at_field: ClassVar[Mapping[str, str]] = {"bad-year": "year", "negative": "number"}
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=9999)
    number = NumberField(label=_("Contracts"), places=0)
    value_million_vnd = NumberField(label=_("Value"), help_text=_("In million đồng."))

    def __init__(self, *args: Any, by: User, row: ValueChain, **kwargs: Any) -> None:
        """Know whose contracts they are."""
        super().__init__(*args, **kwargs)
        self.by, self.row = by, row

    def save(self) -> ChainContract | None:
        """Record them."""
        data = self.cleaned_data
        return self.attempt(
            lambda: services.record_contracts(
                self.row.pk, data["year"], data["number"], data["value_million_vnd"], by=self.by
            )
        )


def _words(text: str) -> list[str]:
    return text.replace(",", " ").replace(";", " ").split()


def _all(found: dict[str, Any], words: list[str]) -> list[Any]:  # rows of any model
    missing = [word for word in words if word not in found]
    if missing:
        sentence = _("Not found in your area: %(words)s.") % {"words": ", ".join(missing)}
        raise forms.ValidationError(sentence)
    return list(found.values())
