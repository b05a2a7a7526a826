"""How the lists of the OCOP register are narrowed, on pages and over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from communes.place_filters import WithinPlaceFilter
from ntm_portal.lib.fields import DAY_FORMATS
from ntm_portal.lib.narrowing import CharFilter, ChoiceFilter, DateFilter
from ntm_portal.lib.text import fold
from ocop.days import usual_day
from ocop.models import Certificate, Producer, Product
from ocop.querysets import EXPIRING_DAYS
from ocop.rulebooks import star_choices

if TYPE_CHECKING:
    from datetime import date

    from ocop.querysets import CertificateQuerySet, ProducerQuerySet, ProductQuerySet

STATES = [
    ("in-force", _("certificate in force")),
    ("granted", _("granted so far, in force or not")),
    ("expiring-1", _("ends within 1 month")),
    ("expiring-3", _("ends within 3 months")),
    ("expiring-6", _("ends within 6 months")),
    ("expired", _("ended, not renewed")),
    ("new", _("first certified in the year")),
    ("potential", _("potential 5 stars")),
    ("none", _("never certified")),
]
EXPIRING = {f"expiring-{months}": days for months, days in EXPIRING_DAYS.items()}
ORIGINS = [("demonstration", _("demonstration data")), ("own", _("recorded by people"))]

MOST_FIRST = [(str(number), drawn) for number, drawn in reversed(star_choices())]


class RegisterFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """What every list of the register can be narrowed by."""

    def __init__(self, *args: Any, day: date | None = None, **kwargs: Any) -> None:  # theirs
        """Know the day that states are told for, unless the query names one."""
        super().__init__(*args, **kwargs)
        self._day = day

    @property
    def day(self) -> date:
        """Return the day that states are told for."""
        asked = self.form.cleaned_data.get("on") if self.form.is_valid() else None
        if asked is not None:
            day: date = asked
            return day
        if self._day is None:
            self._day = usual_day(timezone.localdate())
        return self._day

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything narrows the list."""
        return any(self.data.get(name) for name in self.filters)

    def keep_origin(self, rows: Any, _name: str, value: str) -> Any:  # of any model
        """Keep what was invented, or what people recorded."""
        return rows.filter(is_demonstration=value == "demonstration")

    def keep_day(self, rows: Any, _name: str, _value: date) -> Any:  # of any model
        """Narrow nothing: the other filters ask for the day."""
        return rows


class ProductFilter(RegisterFilter):
    """Products by place, group, stars, producer, state of the certificate and name."""

    q = CharFilter(method="named", label=_("Product or producer"), max_length=100)
    within = WithinPlaceFilter(field_name="commune", label=_("Province"))
    group = ChoiceFilter(choices=Product.Group.choices, label=_("Group"), empty_label=_("All"))
    stars = ChoiceFilter(
        choices=MOST_FIRST, method="holding", label=_("Stars"), empty_label=_("All")
    )
    kind = ChoiceFilter(
        field_name="producer__kind",
        choices=Producer.Kind.choices,
        label=_("Kind of producer"),
        empty_label=_("All"),
    )
    state = ChoiceFilter(
        choices=STATES, method="in_state", label=_("Certificate"), empty_label=_("Any")
    )
    origin = ChoiceFilter(
        choices=ORIGINS, method="keep_origin", label=_("Origin"), empty_label=_("Any")
    )
    on = DateFilter(method="keep_day", label=_("As of"), input_formats=DAY_FORMATS)

    def named(self, rows: ProductQuerySet, _name: str, value: str) -> ProductQuerySet:
        """Keep products so called, or of producers so called; tone marks are ignored."""
        text = fold(value.strip())
        makers = Producer.objects.filter(search_name__contains=text).order_by()
        return rows.filter(Q(search_name__contains=text) | Q(producer__in=makers))

    def holding(self, rows: ProductQuerySet, _name: str, value: str) -> ProductQuerySet:
        """Keep those that hold so many stars on the day."""
        return rows.holding(Certificate.objects.in_force(self.day).filter(stars=int(value)))

    def in_state(self, rows: ProductQuerySet, _name: str, value: str) -> ProductQuerySet:
        """Keep those whose certificates stand so on the day."""
        every, day = Certificate.objects.all(), self.day
        held = every.in_force(day)
        if value in EXPIRING:
            return rows.holding(every.expiring(day, days=EXPIRING[value]))
        if value == "granted":
            return rows.holding(every.standardised().filter(valid_from__lte=day))
        if value == "expired":
            ended = every.filter(valid_to__lt=day, revoked_on__isnull=True)
            return rows.holding(ended).exclude(certificates__in=held.order_by())
        if value == "none":
            return rows.filter(certificates__isnull=True)
        if value == "potential":
            return rows.holding(held.filter(is_potential_five=True))
        if value == "new":
            first = day.replace(month=1, day=1)
            fresh = rows.holding(every.filter(valid_from__range=(first, day)))
            return fresh.exclude(certificates__in=every.filter(valid_from__lt=first).order_by())
        return rows.holding(held)


class ProducerFilter(RegisterFilter):
    """Producers by place, kind, whether they are new, and name or number."""

    NEW = [("year", _("joined in the year")), ("plan", _("new enterprise or cooperative"))]

    q = CharFilter(method="named", label=_("Name, tax code"), max_length=100)
    within = WithinPlaceFilter(field_name="commune", label=_("Province"))
    kind = ChoiceFilter(choices=Producer.Kind.choices, label=_("Kind"), empty_label=_("All"))
    new = ChoiceFilter(choices=NEW, method="joined", label=_("New"), empty_label=_("Any"))
    origin = ChoiceFilter(
        choices=ORIGINS, method="keep_origin", label=_("Origin"), empty_label=_("Any")
    )
    on = DateFilter(method="keep_day", label=_("As of"), input_formats=DAY_FORMATS)

    def named(self, rows: ProducerQuerySet, _name: str, value: str) -> ProducerQuerySet:
        """Keep those so called, or with this number."""
        text = value.strip()
        return rows.filter(Q(search_name__contains=fold(text)) | Q(tax_code=text))

    def joined(self, rows: ProducerQuerySet, _name: str, value: str) -> ProducerQuerySet:
        """Keep those that joined in the year of the day, as the plan counts them if asked."""
        new = rows.joined_in_year_of(self.day)
        return new.enterprises_and_cooperatives() if value == "plan" else new


class CertificateFilter(RegisterFilter):
    """Certificates by place, stars, group, state and when they end."""

    q = CharFilter(method="named", label=_("Product or decision"), max_length=100)
    within = WithinPlaceFilter(field_name="product__commune", label=_("Province"))
    stars = ChoiceFilter(choices=MOST_FIRST, label=_("Stars"), empty_label=_("All"))
    group = ChoiceFilter(
        field_name="product__group",
        choices=Product.Group.choices,
        label=_("Group"),
        empty_label=_("All"),
    )
    state = ChoiceFilter(
        choices=[
            ("in-force", _("in force")),
            ("expiring-1", _("ends within 1 month")),
            ("expiring-3", _("ends within 3 months")),
            ("expiring-6", _("ends within 6 months")),
            ("due-notice", _("notice due, none sent")),
            ("revoked", _("revoked")),
            ("ended", _("ended")),
        ],
        method="in_state",
        label=_("State"),
        empty_label=_("Any"),
    )
    origin = ChoiceFilter(
        choices=ORIGINS, method="keep_origin", label=_("Origin"), empty_label=_("Any")
    )
    on = DateFilter(method="keep_day", label=_("As of"), input_formats=DAY_FORMATS)

    def named(self, rows: CertificateQuerySet, _name: str, value: str) -> CertificateQuerySet:
        """Keep those of products so called, or by this decision."""
        text = value.strip()
        return rows.filter(
            Q(product__search_name__contains=fold(text)) | Q(decision_number__icontains=text)
        )

    def in_state(self, rows: CertificateQuerySet, _name: str, value: str) -> CertificateQuerySet:
        """Keep those that stand so on the day."""
        day = self.day
        if value in EXPIRING:
            return rows.expiring(day, days=EXPIRING[value])
        if value == "due-notice":
            return rows.due_notice(day)
        if value == "revoked":
            return rows.filter(revoked_on__lte=day, superseded_by__isnull=True)
        if value == "ended":
            return rows.filter(valid_to__lt=day)
        return rows.in_force(day)


class ChainFilter(RegisterFilter):
    """Value chains by place and name."""

    q = CharFilter(method="named", label=_("Name of the chain"), max_length=100)
    within = WithinPlaceFilter(field_name="lead_unit", label=_("Province"))
    origin = ChoiceFilter(
        choices=ORIGINS, method="keep_origin", label=_("Origin"), empty_label=_("Any")
    )

    def named(self, rows: Any, _name: str, value: str) -> Any:  # a queryset of chains
        """Keep those so called; tone marks are ignored."""
        return rows.filter(search_name__contains=fold(value.strip()))
