"""The addresses of the API that belong to no app: its beginning, its health, its nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.db import DatabaseError, connection
from drf_spectacular.utils import extend_schema, inline_serializer
from drf_spectacular.views import SpectacularAPIView
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from communes.change_models import Change
from communes.models import StaleUnit
from criteria.models import ReportingRound
from ntm_portal.api.schema import KeptGenerator
from ntm_portal.lib.refusals import Refused
from programme.models import RollupState

if TYPE_CHECKING:
    from rest_framework.request import Request

BEGINNINGS = {
    "targets": "api-target-list",
    "summaries": "api-summary-list",
    "published-figures": "api-published-figure-list",
    "tallies": "api-tally-list",
    "rounds": "api-round-list",
    "assessments": "api-assessment-list",
    "values": "api-value-list",
    "verdicts": "api-verdict-list",
    "recognitions": "api-recognition-list",
    "units": "api-unit-list",
    "successions": "api-succession-list",
    "designations": "api-designation-list",
    "criteria-sets": "api-criteria-set-list",
    "measures": "api-measure-list",
    "thresholds": "api-threshold-list",
    "products": "api-product-list",
    "producers": "api-producer-list",
    "certificates": "api-certificate-list",
    "value-chains": "api-value-chain-list",
    "cooperatives": "api-cooperative-list",
    "yearly-returns": "api-yearly-return-list",
    "changes": "api-change-list",
    "freshness": "api-freshness",
    "schema": "api-schema",
}
STATE = inline_serializer("State", {"status": serializers.CharField(help_text="Always ok.")})
FRESHNESS = inline_serializer(
    "Freshness",
    {
        "round": serializers.CharField(
            allow_null=True, help_text="Code of the current round; null before the first."
        ),
        "round_status": serializers.ChoiceField(
            ReportingRound.Status.choices,
            allow_null=True,
            help_text="What may be done with it; null before the first.",
        ),
        "as_of": serializers.DateField(
            allow_null=True,
            help_text="Its reference date: the day its figures are of; null before the first.",
        ),
        "computed_at": serializers.DateTimeField(
            allow_null=True, help_text="When figures were last added up; null: never."
        ),
        "pending_units": serializers.IntegerField(
            help_text="Units that changed and are still to be added up, in the whole nation."
        ),
        "last_change": serializers.IntegerField(
            help_text="The highest number of the ledger of changes; 0: nothing has changed yet."
        ),
    },
)


class Open(APIView):
    """An address that answers whoever asks: what it says is no secret."""

    permission_classes = [AllowAny]
    authentication_classes = ()


@extend_schema(exclude=True)
class RootView(APIView):
    """Where the API begins: its lists and its description."""

    def get(self, request: Request) -> Response:
        """Name the addresses to go on from."""
        return Response({name: reverse(to, request=request) for name, to in BEGINNINGS.items()})


class SchemaView(SpectacularAPIView):
    """The description of the API, for the public too where the owner allows it."""

    generator_class = KeptGenerator
    is_public = True


@extend_schema(exclude=True)
class NowhereView(APIView):
    """Any other address below the API."""

    def get(self, request: Request, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Say that nothing is here."""
        raise NotFound


@extend_schema(responses=STATE, description="The portal's web server answers.", auth=[])
class LiveView(Open):
    """Whether the process lives: nothing else is asked."""

    throttle_classes = ()

    def get(self, request: Request) -> Response:
        """Answer."""
        return Response({"status": "ok"})


@extend_schema(responses=STATE, description="The portal and its database answer.", auth=[])
class ReadyView(Open):
    """Whether requests can be served: the database answers."""

    throttle_classes = ()

    def get(self, request: Request) -> Response:
        """Ask the database; say 503 when it does not answer."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError as error:
            raise Refused(503, "not-ready", "The database does not answer.") from error
        return Response({"status": "ok"})


@extend_schema(responses=FRESHNESS, description="How fresh the figures are.", auth=[])
class FreshnessView(Open):
    """Of which day the figures are, when they were added up, and what is still owed."""

    def get(self, request: Request) -> Response:
        """Tell it of the current round."""
        round_ = ReportingRound.objects.all().current()
        state = RollupState.objects.first()
        data = {
            "round": round_.code if round_ else None,
            "round_status": round_.status if round_ else None,
            "as_of": round_.reference_date if round_ else None,
            "computed_at": state.refreshed_at if state else None,
            "pending_units": StaleUnit.objects.pending_units(),
            "last_change": Change.objects.last_seq(),
        }
        return Response(FRESHNESS.to_representation(data))
