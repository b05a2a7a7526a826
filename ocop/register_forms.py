"""Forms on producers, products and chains; objections of the services stand at their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communes.unit_choice import find_commune
from cooperatives.models import Cooperative
from ntm_portal.lib.fields import DayField, RegisterForm
from ntm_portal.lib.text import fold
from ocop import services
from ocop.models import Producer, Product
from ocop.services import ProducerEntry, ProductEntry
from ocop.services.steps import last_step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ntm_portal.accounts.models import User

AREA = forms.Textarea(attrs={"rows": 4})
PRODUCER = (
    *("name", "name_en", "kind", "joined_on", "tax_code", "registration_number", "address"),
    *("phone", "representative", "is_led_by_woman", "is_led_by_minority"),
)
PRODUCT = (
    *("name", "name_en", "group", "subgroup", "story", "material_origin"),
    "is_local_speciality",
)


class ProducerForm(RegisterForm):
    """What the register says of a producer."""

    at_field: ClassVar[Mapping[str, str]] = {
        "name-required": "name",
        "looks-double": "is_new",
        "in-the-future": "joined_on",
        "bad-tax-code": "tax_code",
        "tax-code-taken": "tax_code",
        "bad-registration-number": "registration_number",
        "not-a-cooperative": "cooperative",
        "not-allowed": "commune",
    }
    name = forms.CharField(label=_("Name"), max_length=400)
    name_en = forms.CharField(label=_("Name in English"), max_length=400, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Producer.Kind.choices)
    commune = forms.CharField(
        label=_("Commune"), max_length=100, help_text=_("Official code, or name.")
    )
    joined_on = DayField(label=_("In OCOP since"))
    tax_code = forms.CharField(label=_("Tax code"), max_length=20, required=False)
    registration_number = forms.CharField(
        label=_("Business registration number"), max_length=40, required=False
    )
    cooperative = forms.CharField(
        label=_("Cooperative in the register"),
        max_length=400,
        required=False,
        help_text=_("Its number, tax code or name; only for a producer that is a cooperative."),
    )
    representative = forms.CharField(label=_("Representative"), max_length=200, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    is_led_by_woman = forms.BooleanField(label=_("led by a woman"), required=False)
    is_led_by_minority = forms.BooleanField(
        label=_("led by a member of an ethnic minority"), required=False
    )
    is_new = forms.BooleanField(
        label=_("It is another one than those called the same in its commune"), required=False
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, by: User, row: Producer | None = None, **kwargs: Any
    ) -> None:  # Django's own arguments
        """Know who types, and what is changed."""
        self.by, self.row = by, row
        if row is not None and not args:
            held = {name: getattr(row, name) for name in PRODUCER}
            held |= {"commune": row.commune.code, "seen": last_step(row)}
            held["cooperative"] = row.cooperative_id or ""
            kwargs["initial"] = held | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if row is not None:
            del self.fields["is_new"]

    def clean_cooperative(self) -> Cooperative | None:
        """Find the cooperative that is meant, within her reach."""
        text = self.cleaned_data["cooperative"].strip()
        if not text:
            return None
        reach = Cooperative.objects.within(self.by.scope.read).counted()
        found = reach.filter(pk=int(text)) if text.isdecimal() and len(text) < 10 else reach.none()
        found = found or reach.filter(tax_code=text) or reach.filter(search_name=fold(text))
        rows = list(found[:2])
        if len(rows) == 1:
            return rows[0]
        sentence = (
            _("Several cooperatives are called so: type its number.")
            if rows
            else _("No cooperative in your area has this number, tax code or name.")
        )
        raise forms.ValidationError(sentence)

    def clean(self) -> dict[str, Any]:  # whatever the fields hold
        """Find the commune as it was when the producer joined."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            data["unit"] = self.attempt(
                lambda: find_commune(data["commune"], data["joined_on"], self.by.scope.read)
            )
        return data

    def save(self) -> Producer | None:
        """Register or change it; nothing, with the sentence at its field, when refused."""
        data = self.cleaned_data
        entry = ProducerEntry(
            commune=data["unit"],
            cooperative=data["cooperative"],
            **{name: data[name] for name in PRODUCER},
        )
        row = self.row
        if row is not None:
            return self.attempt(
                lambda: services.change_producer(row.pk, entry, by=self.by, seen=data["seen"])
            )
        is_new = data["is_new"]
        return self.attempt(lambda: services.register_producer(entry, by=self.by, is_new=is_new))


class ProductForm(RegisterForm):
    """What the register says of a product; its producer is given or named by number."""

    at_field: ClassVar[Mapping[str, str]] = {
        "name-required": "name",
        "bad-producer": "producer",
        "not-allowed": "commune",
    }
    producer = forms.CharField(
        label=_("Producer"),
        max_length=400,
        help_text=_("Its number, tax code or name."),
        error_messages={"required": _("A product has a producer: name it, or enter it first.")},
    )
    name = forms.CharField(label=_("Name"), max_length=400)
    name_en = forms.CharField(label=_("Name in English"), max_length=400, required=False)
    group = forms.ChoiceField(label=_("Product group"), choices=Product.Group.choices)
    subgroup = forms.CharField(label=_("Sub-group"), max_length=120, required=False)
    commune = forms.CharField(
        label=_("Commune"),
        max_length=100,
        required=False,
        help_text=_("Official code, or name. Left empty, that of the producer."),
    )
    story = forms.CharField(label=_("Story"), required=False, widget=AREA)
    material_origin = forms.CharField(
        label=_("Origin of the material"), required=False, widget=AREA
    )
    is_local_speciality = forms.BooleanField(label=_("local speciality"), required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, by: User, row: Product | None = None, **kwargs: Any
    ) -> None:  # Django's own arguments
        """Know who types, and what is changed."""
        self.by, self.row = by, row
        if row is not None and not args:
            held = {name: getattr(row, name) for name in PRODUCT}
            held |= {"commune": row.commune.code, "seen": last_step(row)}
            held["producer"] = row.producer_id
            kwargs["initial"] = held | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_producer(self) -> Producer:
        """Find the producer that is meant, within her reach."""
        text = self.cleaned_data["producer"].strip()
        reach = Producer.objects.within(self.by.scope.read).counted().select_related("commune")
        found = reach.filter(pk=int(text)) if text.isdecimal() and len(text) < 10 else reach.none()
        found = found or reach.filter(tax_code=text) or reach.filter(search_name=fold(text))
        rows = list(found[:2])
        if len(rows) == 1:
            return rows[0]
        sentence = (
            _("Several producers are called so: type the number.")
            if rows
            else _("No producer in your area has this number, tax code or name.")
        )
        raise forms.ValidationError(sentence)

    def clean(self) -> dict[str, Any]:  # whatever the fields hold
        """Find the commune; without one the product is where its producer is."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            code, today = data["commune"], timezone.localdate()
            data["unit"] = (
                self.attempt(lambda: find_commune(code, today, self.by.scope.read))
                if code
                else None
            )
        return data

    def save(self) -> Product | None:
        """Register or change it; nothing, with the sentence at its field, when refused."""
        data = self.cleaned_data
        values = {name: data[name] for name in PRODUCT}
        entry = ProductEntry(producer=data["producer"], commune=data["unit"], **values)
        row = self.row
        if row is not None:
            return self.attempt(
                lambda: services.change_product(row.pk, entry, by=self.by, seen=data["seen"])
            )
        return self.attempt(lambda: services.register_product(entry, by=self.by))


class PhotoForm(RegisterForm):
    """A picture of a product."""

    at_field: ClassVar[Mapping[str, str]] = {"bad-document": "photo", "too-many": "photo"}
    photo = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, at most 10 MB; it is kept small."),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
    )
    caption = forms.CharField(label=_("Caption"), max_length=200, required=False)

    def __init__(self, *args: Any, by: User, product: Product, **kwargs: Any) -> None:
        """Know whose picture it is."""
        super().__init__(*args, **kwargs)
        self.by, self.product = by, product

    def save(self) -> object:
        """Keep it."""
        data = self.cleaned_data
        return self.attempt(
            lambda: services.add_photo(
                self.product.pk, data["photo"], by=self.by, caption=data["caption"]
            )
        )
