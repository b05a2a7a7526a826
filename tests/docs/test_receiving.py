"""The example that receives webhooks takes in what the portal signs, once, and nothing else."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

from ntm_portal.webhooks.signing import headers_of, new_salt, secret_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECEIVER: Path = settings.BASE_DIR / "docs" / "examples" / "receive.py"
SALT = new_salt()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Run the example; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, RECEIVER, str(port), tmp_path / "seen.txt"],
        env={**os.environ, "SECRET": secret_of(SALT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        yield f"http://127.0.0.1:{port}/in"
        running.terminate()


def told(address: str, *seqs: int, salt: str = SALT, age: int = 0) -> int:
    """Send a message as the portal does; return how it was answered."""
    changes = [{"seq": seq, "kind": "assessment", "href": "https://ntm.example/"} for seq in seqs]
    body = json.dumps({"type": "changes", "changes": changes}).encode()
    headers = headers_of(salt, f"ntm_1_{seqs[0]}_{seqs[-1]}", int(time.time()) - age, body)
    for _ in range(500):
        try:
            with urlopen(Request(address, body, headers)) as response:  # noqa: S310  (this machine)
                return int(response.status)
        except HTTPError as refusal:
            return refusal.code
        except URLError:
            time.sleep(0.02)
    raise AssertionError("the example did not start")


def test_a_message_is_taken_in_once(address: str, tmp_path: Path) -> None:
    seen = tmp_path / "seen.txt"
    assert told(address, 4711, 4712) == 204
    assert seen.read_text() == "4712"
    assert told(address, 4711) == 204  # told again: answered, and left out
    assert seen.read_text() == "4712"


def test_a_message_that_is_forged_or_old_is_refused(address: str, tmp_path: Path) -> None:
    assert told(address, 1, salt=new_salt()) == 401
    assert told(address, 1, age=600) == 401
    assert not (tmp_path / "seen.txt").exists()
