"""Whether a web server can listen at an address, and whether one answers there."""

from __future__ import annotations

import errno
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from django.utils.translation import gettext as _

from ntm_portal.lib.errors import DomainError

ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (recognised, not chosen)
SETTLE_SECONDS = 2.0  # how long the web server of a killed portal may still hold the port


@dataclass(frozen=True, slots=True)
class Address:
    """A name or number of this machine, and a port."""

    host: str
    port: int

    @property
    def bind(self) -> str:
        """Return the address as gunicorn wants it."""
        return f"{_bracketed(self.host)}:{self.port}"

    @property
    def url(self) -> str:
        """Return the address as a browser on this machine wants it."""
        return f"http://{_bracketed(ANY.get(self.host, self.host))}:{self.port}/"

    def require_free(self) -> None:
        """Refuse, with a sentence, when a server cannot listen here."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while (error := self._try()) is not None:
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise DomainError(self._sentence(error), code="port") from error
            time.sleep(0.1)

    def answers(self, path: str) -> bool:
        """Tell whether a web server answers here, whatever it says."""
        connection = HTTPConnection(ANY.get(self.host, self.host), self.port, timeout=5)
        with suppress(OSError, HTTPException):
            connection.request("GET", path)
            return connection.getresponse().status > 0
        return False

    def _try(self) -> OSError | None:
        try:
            family = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0][0]
            with socket.socket(family, socket.SOCK_STREAM) as listener:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind((self.host, self.port))
                listener.listen(1)
        except OSError as error:
            return error
        return None

    def _sentence(self, error: OSError) -> str:
        said = {"host": self.host, "port": self.port, "other": self.port % 65535 + 1}
        if error.errno == errno.EADDRINUSE:
            return (
                _(
                    "Port %(port)s is in use by another program. "
                    "Choose another one: make run PORT=%(other)s"
                )
                % said
            )
        if error.errno == errno.EACCES:
            return _("Port %(port)s is only for the system's administrator.") % said
        return _("HOST is “%(host)s”, which is no address of this machine.") % said


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
