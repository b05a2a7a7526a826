"""Addresses as DHIS2 has them: without a last slash, with `.json`, below `/api` or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import path

from criteria.api.dhis2.metadata_views import (
    DataElementEndpoint,
    DataSetEndpoint,
    OrganisationUnitEndpoint,
)
from criteria.api.dhis2.views import DataValueSetEndpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.urls import URLPattern
    from rest_framework.viewsets import ViewSetMixin

# Each with the verb it takes (typed so by the stubs) and the word by which tokens name it.
ADDRESSES: dict[str, tuple[type[ViewSetMixin], dict[str, Any], str]] = {
    "dataValueSets": (DataValueSetEndpoint, {"post": "create"}, "api-value"),
    "organisationUnits": (OrganisationUnitEndpoint, {"get": "list"}, "api-unit"),
    "dataElements": (DataElementEndpoint, {"get": "list"}, "api-measure"),
    "dataSets": (DataSetEndpoint, {"get": "list"}, "api-criteria-set"),
}


def _patterns() -> Iterator[URLPattern]:
    for word, (view, actions, basename) in ADDRESSES.items():
        described = view.as_view(actions, basename=basename)
        yield path(f"dhis2/{word}", described, name=f"dhis2-{word}")
        again = view.as_view(actions, basename=basename, schema=None)
        for other in (f"dhis2/{word}.json", f"dhis2/api/{word}", f"dhis2/api/{word}.json"):
            yield path(other, again)


urlpatterns = [*_patterns()]
