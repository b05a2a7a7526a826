"""Where a message may be sent: never into a private network, unless settings allow that one."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from urllib.parse import SplitResult

    Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Destination:
    """An address whose every meaning was looked up and allowed; `ip` is the one to connect to."""

    scheme: str
    host: str
    port: int
    ip: str
    target: str

    @property
    def host_header(self) -> str:
        """Return how the receiver is called in the request."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def destination_of(url: str) -> Destination:
    """Look the address up and check all it leads to; who connects must use what is returned.

    Looked up once more later, the same name might lead elsewhere.
    """
    parts = _read(url)
    host, scheme = parts.hostname or "", parts.scheme
    port = parts.port or PORTS[scheme]
    found = _looked_up(host, port)
    is_inside = all(map(_is_listed, found))
    if scheme == "http" and not is_inside:
        raise DomainError(
            _("Messages go out encrypted: the address begins with https."), code="url"
        )
    if not is_inside and not all(map(_is_public, found)):
        sentence = _("This address leads into a private network, which is not allowed here.")
        raise DomainError(sentence, code="url")
    target = parts.path or "/"
    return Destination(
        scheme, host, port, str(found[0]), f"{target}?{parts.query}" if parts.query else target
    )


def _read(url: str) -> SplitResult:
    sentence = _("This is not an address to which a message can be sent.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise DomainError(sentence, code="url") from error
    if parts.scheme not in PORTS or not parts.hostname or parts.username or port == 0:
        raise DomainError(sentence, code="url")
    return parts


def _looked_up(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        sentence = _("The name “%(host)s” leads nowhere.") % {"host": host}
        raise DomainError(sentence, code="url") from error
    return [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]


def _is_public(address: Address) -> bool:
    """Tell whether the whole internet knows it; one hidden in another kind counts as what it is."""
    if isinstance(address, ipaddress.IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if hidden is not None:
            return _is_public(hidden)
        if address in _NAT64:
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _is_listed(address: Address) -> bool:
    return any(address in ipaddress.ip_network(each) for each in settings.WEBHOOK_NETWORKS)
