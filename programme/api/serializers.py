"""Summaries and targets as other systems read them; every field says what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Value
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from communes.models import AdministrativeUnit
from criteria.models.assessments import Basis
from criteria.models.sets import Confidence
from ntm_portal.lib.tables import Computed
from programme.dashboard.pace import Outlook
from programme.metrics import Kind
from programme.models import CriterionTally, Summary, Target

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from decimal import Decimal

    from programme.api.pending import Pending
    from programme.dashboard.pace import Pace
    from programme.dashboard.targets import TargetStanding

ROUND_CODE = "Code of the round, such as 2020-Q4."
AS_OF = "Reference date of the round: the day the figures are of."
COMPUTED_AT = "When the row was last added up."
PENDING = "Units at or below this one that changed and are still to be added up."
DEMONSTRATION = "True when the figures are invented for demonstration."


def _counter(help_text: str) -> serializers.IntegerField:
    return serializers.IntegerField(help_text=help_text)


class SummarySerializer(serializers.Serializer[Summary]):
    """The counters of one unit in one round on one basis; those of its parts add up to it."""

    computed = {
        "pending_units": Computed(
            ("unit__code", "round__status", "round__reference_date"),
            lambda context, *where: context["pending"].since(*where),
            lambda context: None if context["pending"].is_any else Value(0),
        )
    }

    unit = serializers.CharField(source="unit.code", help_text="Official code of the unit.")
    unit_name = serializers.CharField(source="unit.name", help_text="Its name, in Vietnamese.")
    level = serializers.ChoiceField(
        AdministrativeUnit.Level.choices, source="unit.level", help_text="Its level on the map."
    )
    round = serializers.CharField(source="round.code", help_text=ROUND_CODE)
    basis = serializers.ChoiceField(
        Basis.choices,
        help_text="reported: values as typed now, drafts included. verified: as last verified.",
    )
    communes = _counter("Communes (xã) on the map of the round's day.")
    assessed = _counter("Communes with a value on this basis; the bands below count these.")
    submitted = _counter("Communes whose assessment is sent for review or verified.")
    verified = _counter("Communes whose assessment was verified at least once.")
    criteria_met = _counter("Criteria met, summed over the communes assessed.")
    below_5 = _counter("Communes that meet fewer than 5 criteria; also counted in below_10.")
    below_10 = _counter("Communes that meet fewer than 10 criteria.")
    from_10_to_14 = _counter("Communes that meet 10 to 14 criteria.")
    from_15_not_all = _counter("Communes that meet 15 or more criteria, but not all.")
    meets_all = _counter("Communes that meet all criteria.")
    certified = _counter("Communes recognised by a decision in force on the round's day.")
    certified_advanced = _counter("Communes recognised for the advanced standard.")
    certified_model = _counter("Communes recognised for the model standard.")
    districts_recognised = _counter("District-level units recognised.")
    provinces_recognised = _counter("Provinces recognised.")
    ocop_3_stars = _counter("OCOP products whose best certificate in force has 3 stars.")
    ocop_4_stars = _counter("OCOP products whose best certificate in force has 4 stars.")
    ocop_5_stars = _counter("OCOP products whose best certificate in force has 5 stars.")
    ocop_granted = _counter(
        "OCOP products that were ever granted 3 stars or more, whatever became of it since."
    )
    ocop_potential_5_stars = _counter(
        "Of the products with 4 stars, those proposed for 5 while the centre decides."
    )
    ocop_new_products = _counter("Of the products in force, those first certified in the year.")
    ocop_expiring = _counter(
        "Of the products in force, those whose last certificate ends within 183 days."
    )
    ocop_producers = _counter("Producers that have joined OCOP; those of each kind follow.")
    ocop_enterprises = _counter("Producers that are small or medium enterprises.")
    ocop_cooperatives = _counter("Producers that are cooperatives.")
    ocop_cooperative_groups = _counter("Producers that are co-operative groups.")
    ocop_households = _counter("Producers that are household businesses.")
    ocop_farms = _counter("Producers that are farms.")
    ocop_new_producers = _counter("Enterprises and cooperatives that joined OCOP in the year.")
    cooperatives = _counter("Agricultural cooperatives.")
    cooperatives_new = _counter("Of these, those registered in the year.")
    cooperatives_effective = _counter("Agricultural cooperatives that work effectively.")
    value_chains = _counter("Value chains at work whose seat is here.")
    as_of = serializers.DateField(source="round.reference_date", help_text=AS_OF)
    computed_at = serializers.DateTimeField(help_text=COMPUTED_AT)
    pending_units = serializers.SerializerMethodField(help_text=PENDING)
    is_demonstration = serializers.BooleanField(
        source="round.is_demonstration", help_text=DEMONSTRATION
    )

    @extend_schema_field(OpenApiTypes.INT)
    def get_pending_units(self, summary: Summary) -> int:
        """Return how many units the row still waits for."""
        pending: Pending = self.context["pending"]
        return pending.below(summary.unit.code, summary.round)


class TallySerializer(serializers.Serializer[CriterionTally]):
    """How many communes of a unit stand where on one criterion, in one round on one basis."""

    unit = serializers.CharField(source="unit.code", help_text="Official code of the unit.")
    unit_name = serializers.CharField(source="unit.name", help_text="Its name, in Vietnamese.")
    level = serializers.ChoiceField(
        AdministrativeUnit.Level.choices, source="unit.level", help_text="Its level on the map."
    )
    round = serializers.CharField(source="round.code", help_text=ROUND_CODE)
    basis = serializers.ChoiceField(
        Basis.choices,
        help_text="reported: values as typed now, drafts included. verified: as last verified.",
    )
    criteria_set = serializers.CharField(
        source="criterion.criteria_set.code", help_text="Code of the set of criteria."
    )
    criterion = serializers.CharField(
        source="criterion.code", help_text="Code of the criterion, unique in its set."
    )
    criterion_name = serializers.CharField(
        source="criterion.name", help_text="Its name, in Vietnamese."
    )
    met = _counter("Communes that meet it.")
    not_met = _counter("Communes that do not.")
    missing = _counter("Communes for which a value lacks.")
    undetermined = _counter("Communes for which no threshold is known.")
    not_applicable = _counter("Communes to which it does not apply.")
    as_of = serializers.DateField(source="round.reference_date", help_text=AS_OF)
    is_demonstration = serializers.BooleanField(
        source="round.is_demonstration", help_text=DEMONSTRATION
    )


def _figure(help_text: str, *, source: str | None = None) -> serializers.DecimalField:
    return serializers.DecimalField(
        18, 4, source=source, allow_null=True, normalize_output=True, help_text=help_text
    )


_FIGURE = _figure("")
_MOMENT = serializers.DateTimeField(allow_null=True)


class TargetSerializer(serializers.Serializer[Any]):  # standings, while the view is of targets
    """One target of the programme and how far its unit is from it in one round."""

    code = serializers.CharField(source="target.code", help_text="Code of the target.")
    name = serializers.CharField(source="target.name", help_text="Its name, in Vietnamese.")
    name_en = serializers.CharField(
        source="target.name_en", help_text="Its name in English; may be empty."
    )
    unit = serializers.CharField(
        source="target.unit_code", help_text="Official code of the unit it is set for."
    )
    metric = serializers.CharField(source="metric.code", help_text="Code of what is measured.")
    kind = serializers.ChoiceField(
        [(kind.value, kind.value) for kind in Kind],
        source="metric.kind",
        help_text="What value and target_value are: a count, a percentage (0-100) or a mean.",
    )
    value = _figure(
        "The value as reported; for an increase, what came since baseline_date. Null: nothing "
        "has been added up for the round, or for that day.",
        source="reported",
    )
    value_verified = serializers.SerializerMethodField(
        help_text="The value on verified figures only; the same as value where decisions and "
        "certificates are counted, not verdicts. Null as there."
    )
    comparator = serializers.ChoiceField(
        Target.Comparator.choices,
        source="target.comparator",
        help_text="How value is compared with target_value.",
    )
    target_value = serializers.DecimalField(
        18,
        4,
        source="goal",
        normalize_output=True,
        help_text="The value that the target asks for.",
    )
    is_approximate = serializers.BooleanField(
        source="target.is_approximate", help_text="The plan says “about”."
    )
    distance = _figure(
        "How much better than asked value is; below 0 is what is still missing. Null: either lacks."
    )
    is_met = serializers.BooleanField(
        allow_null=True,
        help_text="Whether value meets the target; null while communes not assessed may decide.",
    )
    pace = serializers.SerializerMethodField(
        help_text="What value gained a month, over the last four rounds. Null: there are not two "
        "readings."
    )
    pace_needed = serializers.SerializerMethodField(
        help_text="What it must gain a month from now on; null likewise, or when due_on has come."
    )
    forecast = serializers.SerializerMethodField(
        help_text="Where value will be on due_on at that pace; null likewise."
    )
    outlook = serializers.SerializerMethodField(
        help_text="reached, on_track (the forecast meets the target), behind (it does not), missed "
        "(due_on has come). Null: there are not two readings."
    )
    baseline_date = serializers.DateField(
        source="target.baseline_date",
        allow_null=True,
        help_text="The day since which an increase is counted; null where a level is.",
    )
    baseline = _figure("The level on baseline_date; null where no increase is counted.")
    due_on = serializers.DateField(source="target.due_on", help_text="When it is to be reached.")
    legal_ref = serializers.CharField(
        source="target.legal_ref", help_text="The decision that sets it."
    )
    confidence = serializers.ChoiceField(
        Confidence.choices, source="target.confidence", help_text="How sure the target itself is."
    )
    round = serializers.CharField(source="round.code", help_text=ROUND_CODE)
    as_of = serializers.DateField(source="round.reference_date", help_text=AS_OF)
    computed_at = serializers.SerializerMethodField(help_text=COMPUTED_AT + " Null: never.")
    pending_units = serializers.SerializerMethodField(help_text=PENDING)
    is_demonstration = serializers.BooleanField(
        source="round.is_demonstration", help_text=DEMONSTRATION
    )

    @extend_schema_field(_FIGURE)
    def get_value_verified(self, standing: TargetStanding) -> str | None:
        """Return the value on the verified basis, which some metrics do not differ by."""
        value = standing.verified if standing.metric.is_judged else standing.reported
        return None if value is None else _FIGURE.to_representation(value)

    @extend_schema_field(_FIGURE)
    def get_pace(self, standing: TargetStanding) -> str | None:
        """Return the pace had."""
        found = self._pace(standing)
        return _shown(found.had if found else None)

    @extend_schema_field(_FIGURE)
    def get_pace_needed(self, standing: TargetStanding) -> str | None:
        """Return the pace needed."""
        found = self._pace(standing)
        return _shown(found.needed if found else None)

    @extend_schema_field(_FIGURE)
    def get_forecast(self, standing: TargetStanding) -> str | None:
        """Return the value on the day it is due."""
        found = self._pace(standing)
        return _shown(found.forecast if found else None)

    @extend_schema_field(
        serializers.ChoiceField([(each.value, each.value) for each in Outlook], allow_null=True)
    )
    def get_outlook(self, standing: TargetStanding) -> str | None:
        """Return what the forecast says."""
        found = self._pace(standing)
        return found.outlook.value if found else None

    @extend_schema_field(_MOMENT)
    def get_computed_at(self, standing: TargetStanding) -> str | None:
        """Return when the summary of the unit was last added up."""
        computed: Mapping[str, datetime] = self.context["computed_at"]
        at = computed.get(standing.target.unit_code)
        return None if at is None else _MOMENT.to_representation(at)

    @extend_schema_field(OpenApiTypes.INT)
    def get_pending_units(self, standing: TargetStanding) -> int:
        """Return how many units the value still waits for."""
        pending: Pending = self.context["pending"]
        return pending.below(standing.target.unit_code, standing.round)

    def _pace(self, standing: TargetStanding) -> Pace | None:
        paces: Mapping[int, Pace | None] = self.context["paces"]
        return paces.get(standing.target.pk)


def _shown(value: Decimal | None) -> str | None:
    return None if value is None else _FIGURE.to_representation(round(value, 4))
