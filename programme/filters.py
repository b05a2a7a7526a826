"""How lists of summaries and targets are narrowed, on pages and over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, DateFilter, FilterSet, ModelChoiceFilter
from drf_spectacular.utils import extend_schema_field

from communes.models import AdministrativeUnit
from communes.place_filters import AtPlaceFilter, WithinPlaceFilter
from communes.placements import OWN, TODAY
from criteria.models import CriteriaSet, Criterion, ReportingRound
from criteria.models.assessments import Basis
from ntm_portal.lib.code_filters import CodeFilter
from programme.metrics import METRICS
from programme.models import PublishedFigure
from programme.published_models import METRIC_OF

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from programme.models import Target


MAP = _("On the map of the round's own day, or of today, to which figures are then carried")


class MapFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """The map on which figures are shown; the rows are not narrowed by it."""

    map = ChoiceFilter(
        choices=[(OWN, _("Map of the round")), (TODAY, _("Today’s map"))],
        method="on_map",
        label=MAP,
    )

    @extend_schema_field({"type": "string", "enum": [OWN, TODAY], "description": MAP})
    def on_map(self, rows: QuerySet[Any], _name: str, _map: str) -> QuerySet[Any]:  # of any model
        """Leave the rows as they are: whoever lists them asks which map is meant."""
        return rows


class SummaryFilter(MapFilter):
    """Summaries by round, basis and place."""

    round = ModelChoiceFilter(
        queryset=ReportingRound.objects.all(), to_field_name="code", label=_("Round, by its code")
    )
    basis = ChoiceFilter(choices=Basis.choices, label=_("Values as typed, or as last verified"))
    unit = AtPlaceFilter(field_name="unit", label=_("Unit, by its official code"))
    within = WithinPlaceFilter(
        field_name="unit", label=_("At or below the unit with this official code")
    )
    level = ChoiceFilter(
        field_name="unit__level",
        choices=AdministrativeUnit.Level.choices,
        label=_("Level of the unit"),
    )


class TallyFilter(SummaryFilter):
    """Tallies by criterion as well."""

    criterion = CodeFilter(
        "criterion__code", among=Criterion.objects.all(), label=_("Criterion, by its code")
    )
    criteria_set = ModelChoiceFilter(
        field_name="criterion__criteria_set",
        queryset=CriteriaSet.objects.all(),
        to_field_name="code",
        label=_("Criteria set, by its code"),
    )


class PublishedFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Published figures by what, where, when and how sure."""

    figure = CodeFilter(
        "figure",
        among=PublishedFigure.objects.all(),
        by="figure",
        label=_("Figure, by its name in the source list"),
    )
    metric = ChoiceFilter(
        choices=[(code, code) for code in sorted(set(METRIC_OF.values()))],
        method="of_metric",
        label=_("Metric of the portal that counts the same"),
    )
    unit = CodeFilter(
        "unit_code", among=AdministrativeUnit.objects.all(), label=_("Unit, by its official code")
    )
    region = CodeFilter(
        "region", among=PublishedFigure.objects.all(), by="region", label=_("Region, by its code")
    )
    certainty = ChoiceFilter(
        choices=PublishedFigure.Certainty.choices, label=_("How sure the portal is of it")
    )
    day_from = DateFilter(field_name="day", lookup_expr="gte", label=_("As of this day or later"))
    day_to = DateFilter(field_name="day", lookup_expr="lte", label=_("As of this day or earlier"))

    def of_metric(
        self, rows: QuerySet[PublishedFigure], _name: str, value: str
    ) -> QuerySet[PublishedFigure]:
        """Keep the figures that count what a metric counts."""
        return rows.filter(figure__in=[name for name, code in METRIC_OF.items() if code == value])


class StandingFilter(MapFilter):
    """The round in which one target is looked at."""

    round = ModelChoiceFilter(
        queryset=ReportingRound.objects.all(),
        to_field_name="code",
        method="in_round",
        label=_("Round, by its code"),
    )

    @extend_schema_field(
        {"type": "string", "description": "Round to look at; without it the current one."}
    )
    def in_round(
        self, targets: QuerySet[Target], _name: str, _round: ReportingRound
    ) -> QuerySet[Target]:
        """Leave the targets as they are: every target stands somewhere in every round."""
        return targets


class TargetFilter(StandingFilter):
    """Targets by unit and metric, and the round in which they are looked at."""

    unit = CodeFilter(
        "unit_code",
        among=AdministrativeUnit.objects.all(),
        label=_("Unit, by its official code"),
    )
    metric = CodeFilter("metric", among=METRICS, label=_("Metric, by its code"))
