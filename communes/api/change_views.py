"""The ledger over the API: what has changed since a reader was last here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django_filters import FilterSet, MultipleChoiceFilter
from drf_spectacular.utils import (
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from communes.api.endpoints import LedgerEndpoint
from communes.change_models import Change
from ntm_portal.lib.openapi import ProblemSerializer
from ntm_portal.lib.problems import PROBLEM_TYPE
from ntm_portal.lib.refusals import Refused
from ntm_portal.lib.tables import moment
from ntm_portal.lib.whole_numbers import WholeNumberFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from rest_framework.renderers import BaseRenderer
    from rest_framework.request import Request

MOST, USUAL = 1000, 100
COLUMNS = (*("seq", "kind", "key", "path", "round_code", "is_deletion", "at", "actor__username"),)


class ChangeSerializer(serializers.Serializer[Change]):
    """One line of the ledger."""

    seq = serializers.IntegerField(help_text="Its number, in the order of the commits.")
    kind = serializers.ChoiceField(Change.Kind.choices, help_text="What sort of thing changed.")
    key = serializers.CharField(
        help_text="Which: its key at its own address (for a summary the code of its unit). Empty: "
        "all of the kind at and below `path` and of `round`; read them anew."
    )
    path = serializers.CharField(
        help_text="Codes from the nation down to the unit it belongs to; empty: to no place."
    )
    unit = serializers.CharField(help_text="Code of that unit: the last of `path`; may be empty.")
    round = serializers.CharField(help_text="Code of the round it belongs to; may be empty.")
    is_deletion = serializers.BooleanField(help_text="It is no longer there.")
    at = serializers.DateTimeField(help_text="When it was written, a little before the commit.")
    actor = serializers.CharField(
        allow_null=True,
        help_text="User name of who did it; null: the portal itself.",
    )


ENVELOPE = extend_schema_serializer(many=False)(  # type: ignore[type-var]  # it takes one as well
    inline_serializer(
        "ChangePage",
        {
            "results": ChangeSerializer(many=True, help_text="The changes, in order."),
            "next": serializers.IntegerField(
                help_text="Ask `after` this number next time: everything up to it has been seen."
            ),
            "has_more": serializers.BooleanField(help_text="There is more already: ask at once."),
            "oldest": serializers.IntegerField(
                help_text="The first number that is still kept; older ones answer 410."
            ),
        },
    )
)
GONE = OpenApiResponse(ProblemSerializer, "The changes after that number are no longer kept.")


class ChangeFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Where to go on, how much at once, and of what kinds."""

    after = WholeNumberFilter(
        least=0, most=2**62, is_read_elsewhere=True, label="The number read up to; without it 0"
    )
    limit = WholeNumberFilter(
        least=1, most=MOST, is_read_elsewhere=True, label=f"Changes at once, {USUAL} unless given"
    )
    kind = MultipleChoiceFilter(choices=Change.Kind.choices, label="Only this kind; repeatable")


class ChangeEndpoint(LedgerEndpoint[Change]):
    """What changed within the area of the reader, in the order of the commits, without a gap."""

    queryset = Change.objects.none()
    serializer_class = ChangeSerializer
    filterset_class = ChangeFilter
    pagination_class = None

    def get_queryset(self) -> QuerySet[Change]:
        """Start from the area of the reader; what is not committed has no number yet."""
        return Change.objects.within(self.readable).filter(seq__isnull=False)

    def get_renderers(self) -> Sequence[BaseRenderer]:  # type: ignore[override]  # more than a list
        """Answer in JSON: where to go on stands beside the rows."""
        return [JSONRenderer()]

    @extend_schema(responses={200: ENVELOPE, (410, PROBLEM_TYPE): GONE})
    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """Return the next changes, and where to go on.

        The end is looked up before the rows: a row that comes between is read, never skipped.
        """
        end = Change.objects.last_seq()
        rows = self.filter_queryset(self.get_queryset())  # names what is wrong with the query
        after, limit = self._number("after", 0), self._number("limit", USUAL)
        rows = rows.filter(seq__gt=after).order_by("seq")
        oldest = Change.objects.filter(seq__isnull=False).values_list("seq", flat=True).first()
        if oldest and after + 1 < oldest and after > 0:
            sentence = _("The changes after %(after)s are no longer kept: read the lists anew.")
            said = sentence % {"after": after}
            raise Refused(410, "history-gone", said, oldest=oldest, last=end)
        found = list(rows.values_list(*COLUMNS)[: limit + 1])
        page = [self._shown(row) for row in found[:limit]]
        has_more = len(found) > limit
        reached = page[-1]["seq"] if page else after
        return Response(
            {
                "results": page,
                "next": reached if has_more else max(reached, end, after),
                "has_more": has_more,
                "oldest": oldest or end + 1,
            }
        )

    def _number(self, name: str, usual: int) -> int:
        return int(self.request.query_params.get(name, usual))

    def _shown(self, row: Sequence[Any]) -> dict[str, Any]:
        seq, kind, key, path, round_code, is_deletion, at, actor = row
        return {
            "seq": seq,
            "kind": kind,
            "key": key,
            "path": path,
            "unit": path.strip("/").rpartition("/")[2],
            "round": round_code,
            "is_deletion": is_deletion,
            "at": moment(at),
            "actor": actor,
        }
