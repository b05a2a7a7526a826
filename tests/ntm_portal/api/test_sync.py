"""A copy kept in step by `changes/` is exact, whatever happens while it is made."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.db import connection

from ntm_portal.accounts.token_models import ApiToken
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.programme.rows import NOT_MET, assess, set_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRITERS = 20
SECONDS = float(os.environ.get("SYNC_SECONDS", "3"))  # a minute by `make fuzz`
BROKEN = (URLError, ConnectionError, TimeoutError, json.JSONDecodeError)


@dataclass
class Server:
    """The portal's own web server on the database of the test; it can be killed."""

    environment: dict[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, in a group of processes of its own."""
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "ntm_portal.wsgi", "--threads", "8"),
                *("--bind", f"127.0.0.1:{self.port}", "--log-level", "critical"),
            ],
            cwd=settings.BASE_DIR,
            env=self.environment,
            start_new_session=True,
        )

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask(self, address: str, token: str, body: Any = None) -> Any:  # JSON both ways
        """Return the answer; ask again while the server is away."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
        request = Request(f"http://127.0.0.1:{self.port}/api/v1/{address}", data, headers)
        for _ in range(2000):
            try:
                with urlopen(request, timeout=30) as response:  # noqa: S310  (this machine)
                    return json.load(response)
            except HTTPError as refusal:
                return json.load(refusal)
            except BROKEN:
                time.sleep(0.02)
        raise AssertionError("the server did not come back")


@dataclass
class Copy:
    """What another system does: read what changed, then the rows that the changes name."""

    server: Server
    token: str
    after: int = 0
    rows: dict[str, dict[str, str]] = field(default_factory=dict)

    def follow(self) -> int:
        """Take in the next changes; return how many they were."""
        page = self.server.ask(
            f"changes/?limit=1000&kind=assessment&after={self.after}", self.token
        )
        for key in {change["key"] for change in page["results"]}:
            self.rows[key] = numbers(self.server.ask(f"assessments/{key}/", self.token))
        self.after = page["next"]
        return len(page["results"])


def numbers(assessment: dict[str, Any]) -> dict[str, str]:
    return {value["measure"]: value["number"] for value in assessment["values"]}


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Server:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return Server({**os.environ, "API_RATE": "10000000", "VAR_DIR": str(tmp_path)}, port)


@contextmanager
def shared(server: Server) -> Iterator[None]:
    """Let the server see what the test has prepared."""
    if connection.vendor == "sqlite":
        with sqlite3.connect(f"{server.environment['VAR_DIR']}/portal.sqlite3") as target:
            connection.connection.backup(target)
        target.close()
        server.environment.pop("DATABASE_URL", None)
    else:
        url, _, _name = os.environ["DATABASE_URL"].rpartition("/")
        server.environment["DATABASE_URL"] = f"{url}/{connection.settings_dict['NAME']}"
    server.start()
    try:
        yield
    finally:
        server.kill()


def test_a_copy_is_exact_though_twenty_write_and_the_server_is_killed(server: Server) -> None:
    set_of(2)
    province = ProvinceFactory()
    district = DistrictFactory(parent=province)
    round_ = RoundFactory()
    units = [UnitFactory(code=f"2{n:04}", parent=district) for n in range(WRITERS)]
    ids = [assess(unit, round_, NOT_MET, NOT_MET).pk for unit in units]
    officer = UserFactory(roles={"officer": province})
    token = ApiToken.issue(officer, may_write=True)
    copy = Copy(server, ApiToken.issue(UserFactory(roles={"committee": NationFactory()})))
    with shared(server):
        measures = sorted(numbers(server.ask(f"assessments/{ids[0]}/", token)))
        end = time.monotonic() + SECONDS

        def write(place: int) -> int:
            sent = 0
            while time.monotonic() < end or not sent:
                row = {"unit": units[(place + sent) % WRITERS].code, "round": round_.code}
                number = f"{(place * 1000 + sent) % 100}.{sent % 10}"
                value = row | {"measure": measures[sent % 2], "number": number}
                server.ask("values/", token, {"values": [value]})
                sent += 1
            return sent

        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [pool.submit(write, place) for place in range(WRITERS)]
            is_killed = False
            while not all(each.done() for each in writing):
                copy.follow()
                if not is_killed and time.monotonic() > end - SECONDS / 2:
                    server.kill()
                    server.start()
                    is_killed = True
        assert is_killed
        assert sum(each.result() for each in writing) > WRITERS
        while copy.follow():
            pass
        truth = {str(pk): numbers(server.ask(f"assessments/{pk}/", token)) for pk in ids}
        assert {key: copy.rows.get(key) for key in truth} == truth
