"""Lists of organisation units, data elements and data sets, as DHIS2 answers them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from django.db.models import F, Model
from django.utils.translation import gettext as _
from django_filters import CharFilter, ChoiceFilter, FilterSet
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from communes.api.endpoints import LedgerEndpoint
from communes.change_models import Change
from communes.models import AdministrativeUnit
from criteria.api.dhis2.metadata import chosen, data_elements, data_sets, organisation_units
from criteria.models import CriteriaSet, Measure
from ntm_portal.lib.refusals import InvalidQuery, QueryProblem
from ntm_portal.lib.whole_numbers import WholeNumberFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.models import QuerySet
    from rest_framework.renderers import BaseRenderer
    from rest_framework.request import Request

Kind = Change.Kind
ViewT = TypeVar("ViewT")
USUAL, MOST = 50, 20_000
_NESTED = re.compile(r"\[[^\]]*\]")


class MetadataFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """DHIS2's own paging and choice of properties."""

    page = WholeNumberFilter(least=1, most=10**6, is_read_elsewhere=True, label="Page, from 1")
    pageSize = WholeNumberFilter(
        least=1, most=MOST, is_read_elsewhere=True, label=f"Rows on a page, {USUAL} unless given"
    )
    paging = ChoiceFilter(
        choices=[("true", "true"), ("false", "false")], method="as_is", label="false: all at once"
    )
    fields = CharFilter(
        method="as_is", label="Properties, parted by commas; without it, or with :all, every one"
    )

    def as_is(self, rows: QuerySet[Any], _name: str, _value: object) -> QuerySet[Any]:
        """Leave the rows: the endpoint pages what it has worked out."""
        return rows


class _Metadata(LedgerEndpoint[Model]):
    """A list in DHIS2's envelope."""

    word: ClassVar[str]
    filterset_class = MetadataFilter
    pagination_class = None
    queryset = AdministrativeUnit.objects.none()
    is_public = True

    def get_renderers(self) -> Sequence[BaseRenderer]:  # type: ignore[override]  # more than a list
        """Answer in JSON, as DHIS2 does unless asked otherwise."""
        return [JSONRenderer()]

    def rows(self) -> Iterable[dict[str, Any]]:  # of any JSON type
        """Return what there is."""
        raise NotImplementedError

    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """Return one page, or all."""
        self.filter_queryset(self.get_queryset())  # names what is wrong with the query
        found = list(self.rows())
        asked = request.query_params
        names = _properties(asked.get("fields", ":all"), found)
        if asked.get("paging") == "false":
            return Response({self.word: chosen(found, names)})
        page, size = int(asked.get("page", 1)), int(asked.get("pageSize", USUAL))
        pager = {
            "page": page,
            "total": len(found),
            "pageSize": size,
            "pageCount": max(1, -(-len(found) // size)),
        }
        rows = chosen(found[(page - 1) * size : page * size], names)
        return Response({"pager": pager, self.word: rows})


def _properties(asked: str, rows: Sequence[dict[str, Any]]) -> Sequence[str]:
    """Return the properties asked for; `parent[id]` is its parent, which has nothing else."""
    known = list(rows[0]) if rows else []
    wanted = [name.strip() for name in _NESTED.sub("", asked).split(",")]
    if not rows or {":all", "*", ":owner"} & set(wanted):
        return known
    if unknown := sorted(set(wanted) - set(known)):
        sentence = _("There is no field “%(name)s” here.") % {"name": unknown[0]}
        raise InvalidQuery([QueryProblem("fields", "unknown-field", sentence, tuple(known))])
    return wanted


def _described(word: str, operation: str) -> Callable[[ViewT], ViewT]:
    row = serializers.DictField(help_text="In the words of DHIS2.")
    envelope = type(
        f"Dhis2{word[0].upper()}{word[1:]}",
        (serializers.Serializer,),
        {
            "__doc__": f"A list of {word} as DHIS2 answers it.",
            "pager": serializers.DictField(required=False, help_text="Which page of how many."),
            word: serializers.ListField(child=row, help_text="The rows."),
        },
    )
    extend_schema_serializer(many=False)(envelope)
    described: Any = extend_schema(
        operation_id=f"dhis2_{operation}_list",
        responses=envelope,
        filters=True,
    )
    return cast("Callable[[ViewT], ViewT]", described)


class OrganisationUnitEndpoint(_Metadata):
    """Units within the area of the reader as DHIS2's organisation units, in their last version."""

    word = "organisationUnits"
    follows = (Kind.UNIT,)

    @_described(word, "organisation_units")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the units."""
        return super().list(request, *args, **kwargs)

    def rows(self) -> Iterable[dict[str, Any]]:
        """Return the units."""
        units = AdministrativeUnit.objects.within(self.readable)
        return organisation_units(units.order_by(F("valid_to").asc(nulls_last=True)))


class DataElementEndpoint(_Metadata):
    """What is measured as DHIS2's data elements; the code is that of the set and of the measure."""

    word = "dataElements"
    follows = (Kind.CRITERIA_SET,)

    @_described(word, "data_elements")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the measures."""
        return super().list(request, *args, **kwargs)

    def rows(self) -> Iterable[dict[str, Any]]:
        """Return the measures."""
        return data_elements(_measures())


class DataSetEndpoint(_Metadata):
    """Criteria sets as DHIS2's data sets."""

    word = "dataSets"
    follows = (Kind.CRITERIA_SET,)

    @_described(word, "data_sets")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the sets."""
        return super().list(request, *args, **kwargs)

    def rows(self) -> Iterable[dict[str, Any]]:
        """Return the sets."""
        return data_sets(CriteriaSet.objects.order_by("code"), _measures())


def _measures() -> QuerySet[Measure]:
    found = Measure.objects.select_related("indicator__criterion__criteria_set")
    return found.order_by(
        "indicator__criterion__criteria_set__code",
        "indicator__criterion__position",
        "indicator__position",
        "position",
        F("valid_from").asc(nulls_first=True),
    )
