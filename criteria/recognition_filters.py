"""How the list of recognitions is narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from communes.place_filters import WithinPlaceFilter
from criteria.models import Recognition
from ntm_portal.lib.text import fold
from ntm_portal.lib.whole_numbers import WholeNumberFilter

if TYPE_CHECKING:
    from criteria.querysets import RecognitionQuerySet

STATES = [
    ("in-force", _("in force")),
    ("revoked", _("revoked")),
    ("replaced", _("replaced by another decision")),
    ("lost", _("lost by a merger")),
]
LABELS = [("demonstration", _("demonstration data")), ("own", _("recorded by people"))]
LOST = Q(merger_status=Recognition.MergerStatus.LOST)
CONDITIONS = {
    "in-force": Q(revoked_on__isnull=True),
    "revoked": Q(revoked_on__isnull=False, superseded_by__isnull=True) & ~LOST,
    "replaced": Q(superseded_by__isnull=False),
    "lost": LOST,
    "demonstration": Q(is_demonstration=True),
    "own": Q(is_demonstration=False),
}


class RecognitionFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Recognitions by place, standard, year, how they ended and where they come from."""

    within = WithinPlaceFilter(field_name="unit", label=_("Province"))
    standard = ChoiceFilter(
        choices=Recognition.Standard.choices, label=_("Standard"), empty_label=_("All standards")
    )
    year = WholeNumberFilter(
        "standard_year", least=1900, most=9999, label=_("Year of the standard")
    )
    state = ChoiceFilter(
        choices=STATES, method="keep", label=_("State"), empty_label=_("All states")
    )
    origin = ChoiceFilter(choices=LABELS, method="keep", label=_("Origin"), empty_label=_("Any"))
    q = CharFilter(method="named", label=_("Unit or decision number"), max_length=100)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything narrows the list."""
        return any(self.data.get(name) for name in self.filters)

    def keep(self, rows: RecognitionQuerySet, _name: str, value: str) -> RecognitionQuerySet:
        """Keep those of the state or origin chosen."""
        return rows.filter(CONDITIONS[value])

    def named(self, rows: RecognitionQuerySet, _name: str, value: str) -> RecognitionQuerySet:
        """Keep those of units so named, of this code, or by this decision."""
        return rows.filter(
            Q(unit__search_name__contains=fold(value.strip()))
            | Q(unit__code=value.strip())
            | Q(decision_number__icontains=value.strip())
        )
