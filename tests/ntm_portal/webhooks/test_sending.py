"""A message on its way to a receiver on this machine."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings
from urllib3 import HTTPSConnectionPool

from ntm_portal.webhooks.addresses import Destination
from ntm_portal.webhooks.sending import pool_of, send

if TYPE_CHECKING:
    from collections.abc import Iterator


class Receiver(BaseHTTPRequestHandler):
    """Answers with the status that the path names, and keeps what it was sent."""

    got: list[tuple[str, dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        self.got.append((self.path, dict(self.headers), self.rfile.read(size)))
        self.send_response(int(self.path.strip("/")))
        self.send_header("Location", "/200")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver(settings: Settings) -> Iterator[str]:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    Receiver.got.clear()
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("status", "is_done"), [(200, True), (204, True), (302, False), (410, False), (500, False)]
)
def test_what_is_taken_is_done_and_no_redirect_is_followed(
    receiver: str, status: int, is_done: bool
) -> None:
    outcome = send(
        f"{receiver}/{status}", json.dumps({"type": "test"}).encode(), {"webhook-id": "a"}
    )
    assert (outcome.status, outcome.is_done, outcome.fault) == (status, is_done, "")
    ((path, headers, body),) = Receiver.got
    assert path == f"/{status}"
    assert headers["Host"] == receiver.removeprefix("http://")
    assert headers["Content-Type"] == "application/json"
    assert headers["webhook-id"] == "a"
    assert json.loads(body) == {"type": "test"}


def test_nobody_there_is_a_fault_not_an_error(receiver: str, settings: Settings) -> None:
    outcome = send("http://127.0.0.1:1/", b"{}", {})
    assert (outcome.status, outcome.is_done) == (None, False)
    assert "Connection" in outcome.fault
    settings.WEBHOOK_NETWORKS = []
    assert send(f"{receiver}/200", b"{}", {}).status is None
    assert Receiver.got == []


def test_the_certificate_must_be_of_the_name_not_of_the_address() -> None:
    pool = pool_of(Destination("https", "example.vn", 443, "93.184.216.34", "/"))
    assert isinstance(pool, HTTPSConnectionPool)
    assert pool.host == "93.184.216.34"
    assert pool.conn_kw["server_hostname"] == "example.vn"
    assert (pool.assert_hostname, pool.cert_reqs) == ("example.vn", "CERT_REQUIRED")
