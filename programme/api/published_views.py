"""Published figures over the API: reference, apart from every figure of the portal's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework import serializers

from communes.api.endpoints import LedgerEndpoint
from ntm_portal.lib.tables import Computed
from programme.filters import PublishedFilter
from programme.models import PublishedFigure
from programme.published_models import METRIC_OF

if TYPE_CHECKING:
    from django.db.models import QuerySet


class PublishedSerializer(serializers.Serializer[PublishedFigure]):
    """One figure that was officially published."""

    computed = {"metric": Computed(("figure",), lambda _context, figure: METRIC_OF.get(figure, ""))}

    day = serializers.DateField(help_text="The day it is of, as far as the source says.")
    figure = serializers.CharField(help_text="What it counts, by its name in the source list.")
    metric = serializers.CharField(
        help_text="The portal's metric that counts the same; empty: there is none."
    )
    unit_code = serializers.CharField(
        help_text="Official code of the unit (VN: the nation), on the map of its day; empty where "
        "a region is given."
    )
    region = serializers.CharField(help_text="Code of the region; empty where a unit is given.")
    value = serializers.DecimalField(
        max_digits=14, decimal_places=2, help_text="The value, as published; in `unit`."
    )
    unit = serializers.CharField(help_text="What the value counts in.")
    certainty = serializers.ChoiceField(
        PublishedFigure.Certainty.choices,
        help_text="read: in the source. read_near: there, but its day is not stated exactly. "
        "derived: worked out from what it says. recalled: no source was read.",
    )
    source = serializers.CharField(  # type: ignore[assignment]  # a field, not where one comes from
        help_text="Where it was published."
    )
    note = serializers.CharField(help_text="What is to be known of it; may be empty.")


class PublishedEndpoint(LedgerEndpoint[PublishedFigure]):
    """What was officially published of the nation, regions and provinces, with its sources."""

    serializer_class = PublishedSerializer
    filterset_class = PublishedFilter
    is_public = True

    def get_queryset(self) -> QuerySet[PublishedFigure]:
        """Return all: they have been published."""
        return PublishedFigure.objects.all()
