"""Every address refuses a stranger, except those on a written list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLIC = {
    "/api/v1/freshness/",
    "/api/v1/health/live/",
    "/api/v1/health/ready/",
    "/healthz",
    "/language/",
    "/accounts/login/",
    "/accounts/logout/",
    "/admin/login/",
}
BY_TOKEN = {"/accounts/mails/off/1/"}  # whoever holds the link needs no sign-in


def addresses(within: URLResolver, before: str = "/") -> Iterator[str]:
    """Yield an address of each pattern, with something plausible in each gap."""
    for pattern in within.url_patterns:
        address = before + _filled(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, address)
        elif isinstance(pattern, URLPattern):
            yield address


def _filled(route: str) -> str:
    """Turn a route, or a regular expression, into an address."""
    route = re.sub(r"<(?:\w+:)?\w+>", "1", route)
    route = re.sub(r"\(\?P1[^)]*\)", "1", route)
    return route.strip("^$").replace("\\Z", "").replace("\\.", ".").replace(".+", "1")


ADDRESSES = sorted(set(addresses(get_resolver())))


def test_the_sweep_sees_the_whole_portal() -> None:
    assert len(ADDRESSES) >= 60
    assert set(ADDRESSES) >= PUBLIC
    assert not [address for address in ADDRESSES if re.search(r"[()<>?*+^$\\]", address)]


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted({*ADDRESSES} - PUBLIC - BY_TOKEN))
def test_a_stranger_is_refused(address: str) -> None:
    client = Client()
    read, written = client.get(address), client.post(address, {"v": "1"})
    if address.startswith("/api/"):
        assert (read.status_code, written.status_code) == (401, 401)
    else:
        assert read.status_code == 302
        assert "/login/?next=" in read["Location"]
        assert written.status_code in {302, 403}
        assert written.headers.get("Location", "/login/").count("/login/") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted(PUBLIC))
def test_what_is_public_answers_a_stranger(address: str) -> None:
    assert Client().get(address).status_code in {200, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted(BY_TOKEN))
def test_a_forged_token_opens_nothing(address: str) -> None:
    client = Client()
    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
