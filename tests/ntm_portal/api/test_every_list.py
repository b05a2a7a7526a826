"""Every list of the API refuses what it does not know, by name, and asks as often for many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django_filters import (
    CharFilter,
    ChoiceFilter,
    DateFilter,
    DateTimeFilter,
    ModelChoiceFilter,
    MultipleChoiceFilter,
    NumberFilter,
)

from communes.place_filters import AtPlaceFilter
from ntm_portal.lib.code_filters import CodeFilter
from tests.api_client import ApiReader, reader_of
from tests.factories import NationFactory, RoundFactory, UnitFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
# What no filter of the kind can read; free text can be anything.
UNREADABLE = {
    AtPlaceFilter: "99999",
    CodeFilter: "nowhere",
    ChoiceFilter: "nowhere",
    MultipleChoiceFilter: "nowhere",
    ModelChoiceFilter: "nowhere",
    DateFilter: "2020-13-32",
    DateTimeFilter: "yesterday",
    NumberFilter: "many",
}
FREE_TEXT = {"q", "search", "fields"}


def lists(within: URLResolver, before: str = "/") -> Iterator[tuple[str, Any]]:
    """Yield every address of a list with what answers there."""
    for pattern in within.url_patterns:
        address = f"{before}{pattern.pattern}".replace("^", "").replace("$", "").replace("\\Z", "")
        if isinstance(pattern, URLResolver):
            yield from lists(pattern, address)
        elif isinstance(pattern, URLPattern):
            actions = getattr(pattern.callback, "actions", {})
            if "(?P" not in address and actions.get("get") in {"list", "geojson", "sdmx"}:
                yield address.replace("<str:code>", "23329"), pattern.callback.cls  # type: ignore[attr-defined]  # a view of the framework


LISTS = {address: view for address, view in lists(get_resolver()) if address.startswith("/api/v1/")}


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield the address, each of its filters, and a value that the filter cannot read."""
    for address, view in LISTS.items():
        filters = getattr(view, "filterset_class", None)
        for name, item in filters.base_filters.items() if filters else ():
            kinds = [kind for kind in UNREADABLE if isinstance(item, kind)]
            if kinds:
                yield address, name, UNREADABLE[kinds[0]]
            else:
                assert isinstance(item, CharFilter), (address, name)
                assert name in FREE_TEXT, (address, name)


CASES = list(cases())


@pytest.fixture
def reader() -> ApiReader:
    UnitFactory(code="23329")
    RoundFactory()
    return reader_of(NationFactory(), "committee")


def named(reader: ApiReader, address: str, name: str, value: str) -> None:
    response = reader.client.get(address, {name: value})
    assert response.status_code == 400, (address, name)
    pointers = [item["pointer"] for item in response.json()["errors"]]
    assert pointers == [f"#/query/{name}"], (address, name)


def test_the_sweep_sees_every_list() -> None:
    assert len(LISTS) >= 35
    assert len(CASES) >= 120


def test_every_list_answers(reader: ApiReader) -> None:
    for address in LISTS:
        assert reader.client.get(address).status_code == 200, address


def test_an_unknown_parameter_is_named(reader: ApiReader) -> None:
    for address in LISTS:
        named(reader, address, "rund", "2020-Q4")


def test_an_unknown_value_is_named(reader: ApiReader) -> None:
    for address, name, value in CASES:
        named(reader, address, name, value)
