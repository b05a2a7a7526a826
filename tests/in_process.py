"""The portal as a WSGI application within a test, in the test's own transaction."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.handlers.wsgi import WSGIHandler


@contextmanager
def application() -> Iterator[WSGIHandler]:
    """Give the application; like Django's test client it leaves the connection open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield get_wsgi_application()
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
