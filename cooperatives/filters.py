"""How the lists of cooperatives and their returns are narrowed, on pages and over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from communes.place_filters import WithinPlaceFilter
from cooperatives.days import usual_day
from cooperatives.models import Cooperative, YearlyReturn
from ntm_portal.lib.fields import DAY_FORMATS
from ntm_portal.lib.narrowing import CharFilter, ChoiceFilter, DateFilter
from ntm_portal.lib.text import fold
from ntm_portal.lib.whole_numbers import WholeNumberFilter

if TYPE_CHECKING:
    from datetime import date

    from cooperatives.querysets import CooperativeQuerySet, YearlyReturnQuerySet

STATES = [
    ("active", _("active")),
    ("suspended", _("suspended")),
    ("ended", _("ended")),
    ("effective", _("works effectively")),
    ("not-effective", _("active, not effective")),
    ("no-return", _("no return for the year")),
    ("to-verify", _("return to be verified")),
]
ORIGINS = [("demonstration", _("demonstration data")), ("own", _("recorded by people"))]


class CooperativeFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Cooperatives by place, kind, field, how they stand on a day, rating and name."""

    q = CharFilter(method="named", label=_("Name, tax code"), max_length=100)
    within = WithinPlaceFilter(field_name="commune", label=_("Province"))
    kind = ChoiceFilter(choices=Cooperative.Kind.choices, label=_("Kind"), empty_label=_("All"))
    sector = ChoiceFilter(
        choices=Cooperative.Sector.choices, label=_("Field"), empty_label=_("All")
    )
    state = ChoiceFilter(choices=STATES, method="in_state", label=_("State"), empty_label=_("Any"))
    rating = ChoiceFilter(
        choices=YearlyReturn.Rating.choices,
        method="rated",
        label=_("Rating of the year"),
        empty_label=_("Any"),
    )
    origin = ChoiceFilter(
        choices=ORIGINS, method="keep_origin", label=_("Origin"), empty_label=_("Any")
    )
    on = DateFilter(method="keep_day", label=_("As of"), input_formats=DAY_FORMATS)

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

    def named(self, rows: CooperativeQuerySet, _name: str, value: str) -> CooperativeQuerySet:
        """Keep those so called, or with this number."""
        text = value.strip()
        return rows.filter(Q(search_name__contains=fold(text)) | Q(tax_code=text))

    def keep_origin(self, rows: CooperativeQuerySet, _name: str, value: str) -> CooperativeQuerySet:
        """Keep what was invented, or what people recorded."""
        return rows.filter(is_demonstration=value == "demonstration")

    def keep_day(self, rows: CooperativeQuerySet, _name: str, _value: date) -> CooperativeQuerySet:
        """Narrow nothing: the other filters ask for the day."""
        return rows

    def rated(self, rows: CooperativeQuerySet, _name: str, value: str) -> CooperativeQuerySet:
        """Keep those whose return of the year was rated so."""
        of_year = YearlyReturn.objects.counting().filter(year=self.day.year, rating=value)
        return rows.filter(pk__in=of_year.order_by().values("cooperative"))

    def in_state(self, rows: CooperativeQuerySet, _name: str, value: str) -> CooperativeQuerySet:
        """Keep those that stand so on the day."""
        day, returns = self.day, YearlyReturn.objects
        if value == "suspended":
            return rows.active_on(day).filter(suspended_on__lte=day)
        if value == "ended":
            return rows.counted().filter(dissolved_on__lte=day)
        if value == "no-return":
            sent = returns.counting().filter(year=day.year).order_by().values("cooperative")
            return rows.active_on(day).exclude(pk__in=sent)
        if value == "to-verify":
            waiting = returns.filter(status=YearlyReturn.Status.SUBMITTED).order_by()
            return rows.filter(pk__in=waiting.values("cooperative"))
        effective = returns.latest_by(day).filter(is_effective=True).order_by()
        if value == "effective":
            return rows.active_on(day).filter(pk__in=effective.values("cooperative"))
        if value == "not-effective":
            return rows.active_on(day).exclude(pk__in=effective.values("cooperative"))
        return rows.active_on(day)


class ReturnFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Yearly returns by place, year, status, rating and size."""

    within = WithinPlaceFilter(field_name="cooperative__commune", label=_("Province"))
    year = WholeNumberFilter(least=1900, most=9999, label=_("Year"))
    status = ChoiceFilter(choices=YearlyReturn.Status.choices, label=_("Status"))
    rating = ChoiceFilter(choices=YearlyReturn.Rating.choices, label=_("Rating"))
    size = ChoiceFilter(choices=YearlyReturn.Size.choices, label=_("Size"))
    effective = ChoiceFilter(
        choices=[("true", _("yes")), ("false", _("no"))], method="keep", label=_("Effective")
    )

    def keep(self, rows: YearlyReturnQuerySet, _name: str, value: str) -> YearlyReturnQuerySet:
        """Keep the effective ones, or the others."""
        return rows.filter(is_effective=value == "true")
