"""How every endpoint of the API filters, pages and refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django_filters import MultipleChoiceFilter
from django_filters.rest_framework import DjangoFilterBackend

from ntm_portal.lib.formats import PARAMETERS
from ntm_portal.lib.paging import StableCursorPagination
from ntm_portal.lib.problems import explain_refusal
from ntm_portal.lib.queries import repeated, unknown
from ntm_portal.lib.refusals import InvalidQuery, QueryProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import QuerySet
    from django.http import QueryDict
    from django_filters import Filter, FilterSet
    from rest_framework.generics import GenericAPIView
    from rest_framework.request import Request

__all__ = ["StableCursorPagination", "StrictFilterBackend", "explain_refusal"]


class StrictFilterBackend(DjangoFilterBackend):  # type: ignore[misc]  # it ships no types
    """django-filter; what it does not know or cannot read is refused by name, never ignored.

    A list is filtered by the view's `filterset_class`, one row by its `detail_filterset_class`.
    """

    def get_filterset_class(
        self,
        view: GenericAPIView[Any],  # of any model, here and below: one backend serves them all
        queryset: QuerySet[Any] | None = None,
    ) -> type[FilterSet] | None:
        """Return the filters of this address."""
        name = "detail_filterset_class" if getattr(view, "detail", False) else "filterset_class"
        return getattr(view, name, None)

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: GenericAPIView[Any]
    ) -> QuerySet[Any]:
        """Narrow `queryset` by the query, or name everything that is wrong with the query."""
        filterset = self.get_filterset(request, queryset, view)
        filters = {} if filterset is None else filterset.filters
        problems = [*_misused(request.query_params, filters, _paging_parameters(view))]
        if filterset is not None and not filterset.is_valid():
            problems += _unreadable(filterset)
        if problems:
            raise InvalidQuery(problems)
        if isinstance(view.paginator, StableCursorPagination) and not getattr(
            view, "detail", False
        ):
            view.paginator.see(request)
        return queryset if filterset is None else filterset.qs


def _paging_parameters(view: GenericAPIView[Any]) -> tuple[str, ...]:
    action = getattr(view, "action", "")
    if getattr(view, "detail", False):
        return ("fields",) if action == "retrieve" else ()
    return () if view.paginator is None else (*StableCursorPagination.parameters, *PARAMETERS)


def _misused(
    query: QueryDict, filters: Mapping[str, Filter], paging: tuple[str, ...]
) -> Iterator[QueryProblem]:
    """Name what is unknown, said twice or left empty: each would widen the answer unseen."""
    known = tuple(sorted({*filters, *paging}))
    for name, values in query.lists():
        if name not in known:
            yield unknown(name, known)
        elif len(values) > 1 and not isinstance(filters.get(name), MultipleChoiceFilter):
            yield repeated(name)
        elif not all(values):
            sentence = _("“%(name)s” has no value: give one or leave it out.") % {"name": name}
            yield QueryProblem(name, "empty-parameter", sentence)


def _unreadable(filterset: FilterSet) -> Iterator[QueryProblem]:
    for name, errors in filterset.errors.as_data().items():
        said = " ".join(message for error in errors for message in error.messages)
        choices = getattr(filterset.form.fields[name], "choices", ())
        allowed = tuple(str(value) for value, _label in choices if str(value))
        code = (errors[0].code or "invalid").replace("_", "-")
        yield QueryProblem(name, code, f"“{name}”: {said}", allowed)
