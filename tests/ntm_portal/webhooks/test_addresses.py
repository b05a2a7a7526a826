"""No message goes into a private network, by whatever name, unless settings list it."""

from __future__ import annotations

import socket

import pytest
from django.utils import translation
from pytest_django import Settings

from ntm_portal.lib.errors import DomainError
from ntm_portal.webhooks.addresses import destination_of

PUBLIC = "93.184.216.34"


def lead(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name lead to these addresses, and note what was looked up."""
    asked: list[str] = []

    def look_up(host: str, port: int, **_kwargs: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_the_address_that_was_checked_is_the_one_to_connect_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = lead(monkeypatch, PUBLIC)
    found = destination_of("https://Example.vn:8443/in?a=1#part")
    assert (found.host, found.port, found.ip) == ("example.vn", 8443, PUBLIC)
    assert (found.target, found.host_header) == ("/in?a=1", "example.vn:8443")
    assert asked == ["example.vn"]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        "0.0.0.0",  # noqa: S104  (it is refused)
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1"),
        *("ff02::1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:a00:1::"),
    ],
)
def test_what_the_internet_does_not_know_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    lead(monkeypatch, address)
    with translation.override("en"), pytest.raises(DomainError, match="a private network"):
        destination_of("https://example.vn/")


def test_one_private_meaning_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lead(monkeypatch, PUBLIC, "10.0.0.1")
    with pytest.raises(DomainError):
        destination_of("https://example.vn/")


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.vn/", "ftp://example.vn/", "https://", "example.vn", "https://a:b@c.vn/"),
        *("https://example.vn:99999/", "https://example.vn:0/", "https://[::1/", "file:///etc"),
    ],
)
def test_what_is_no_address_for_messages_is_refused(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    lead(monkeypatch, PUBLIC)
    with pytest.raises(DomainError):
        destination_of(url)


def test_a_name_that_leads_nowhere_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(DomainError, match=r"nowhere\.example"):
        destination_of("https://nowhere.example/")


def test_a_listed_network_is_allowed_also_without_encryption(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.WEBHOOK_NETWORKS = ["10.1.0.0/16"]
    lead(monkeypatch, "10.1.2.3")
    assert destination_of("http://inside.example/").port == 80
    lead(monkeypatch, "10.1.2.3", "10.2.0.1")
    with pytest.raises(DomainError):
        destination_of("https://inside.example/")
