"""Lists of figures that are shown on today's map when the query asks for it."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from django.db.models import Model
from django.utils import timezone

from communes import placements
from communes.api.endpoints import LedgerEndpoint
from communes.models import AdministrativeUnit
from communes.placements import TODAY
from communes.querysets import path_within
from criteria.models import ReportingRound
from criteria.models.assessments import Basis
from ntm_portal.lib.formats import chosen_fields
from ntm_portal.lib.streaming import STREAMS, rows_in_format
from ntm_portal.lib.tables import Table
from programme.api.carried_rows import CarriedRows, Loading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase
    from django_filters import FilterSet
    from rest_framework.request import Request

    from communes.querysets import UnitQuerySet
    from ntm_portal.lib.endpoints import Fields

ModelT = TypeVar("ModelT", bound=Model)
PUBLISHED = ReportingRound.Status.PUBLISHED


class MapEndpoint(LedgerEndpoint[ModelT]):
    """Figures on the map of a round's own day, or on today's."""

    @property
    def is_of_today(self) -> bool:
        """Tell whether today's map is asked for."""
        return self.request.query_params.get("map") == TODAY

    def _today(self) -> date | None:
        return timezone.localdate() if self.is_of_today else super()._today()


class CarriedListEndpoint(MapEndpoint[ModelT]):
    """A list of figures by unit and round, worked out where today's map is asked for."""

    filterset_class: ClassVar[type[FilterSet]]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the rows as they are stored, or worked out for today's map."""
        if not self.is_of_today:
            return super().list(request, *args, **kwargs)
        self.filter_queryset(self.get_queryset())  # refuses what the query may not ask
        rows = self._carried()
        serializer = cast("Fields", self.get_serializer())
        table = Table(serializer, chosen_fields(request, [*serializer.fields]))
        if request.accepted_renderer.format in STREAMS:
            return rows_in_format(request, _dicts(table, rows), table.names)
        page: list[Any] = self.paginate_queryset(rows) or []  # type: ignore[arg-type]  # as a query set
        return self.get_paginated_response([*_dicts(table, page)])

    def carried(self, loading: Loading) -> CarriedRows:
        """Return the rows of this list."""
        raise NotImplementedError

    def _carried(self) -> CarriedRows:
        today = timezone.localdate()
        present = placements.ensure(today)
        asked = self._asked()
        units = self._units(asked, today, present.until_day).in_bulk()
        return self.carried(
            Loading(
                units=units,
                rounds=self._rounds(asked).in_bulk(),
                bases=[asked["basis"]] if asked["basis"] else list(Basis.values),
                until=present.until_day,
                criterion=_criterion(asked),
            )
        )

    def _asked(self) -> Mapping[str, Any]:  # what each filter made of the query
        filterset = self.filterset_class(self.request.query_params, self.get_queryset())
        filterset.is_valid()
        asked: Mapping[str, Any] = filterset.form.cleaned_data
        return asked

    def _units(
        self, asked: Mapping[str, Any], today: date, until: date | None
    ) -> QuerySet[AdministrativeUnit]:
        """Return the units of the present map, and those of maps to come."""
        units: UnitQuerySet = AdministrativeUnit.objects.on(today)
        if until is not None:
            units |= AdministrativeUnit.objects.filter(valid_from__gt=until)
        found = units.within(self.readable).select_related("parent")
        if asked["unit"]:
            found = found.filter(code=asked["unit"].code)
        if asked["within"]:
            found = found.filter(path_within(asked["within"].paths))
        if asked["level"]:
            found = found.filter(level=asked["level"])
        return found.order_by("pk")

    def _rounds(self, asked: Mapping[str, Any]) -> QuerySet[ReportingRound]:
        rounds = ReportingRound.objects.order_by("reference_date")
        if asked["round"]:
            rounds = rounds.filter(pk=asked["round"].pk)
        return rounds.filter(status=PUBLISHED) if self.is_anonymous else rounds


def _criterion(asked: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if asked.get("criterion"):
        found["code"] = asked["criterion"]
    if asked.get("criteria_set"):
        found["criteria_set"] = asked["criteria_set"]
    return found


def _dicts(table: Table, rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    cells = table.cells([_value(row, column) for column in table.columns] for row in rows)
    return (dict(zip(table.names, line, strict=True)) for line in cells)


def _value(row: object, column: str) -> Any:
    """Return what a query would read of the row."""
    return reduce(getattr, column.split("__"), row)
