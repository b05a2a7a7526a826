"""`manage.py serve` on the embedded default: real processes in a folder of their own."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@pytest.fixture
def manage(tmp_path: Path, port: int) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started = []
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "PORT": str(port),
        "DATABASE_URL": "",
        "CELERY_BROKER_URL": "",
        "LANGUAGE": "en",
        "DJANGO_SUPERUSER_PASSWORD": "a-long-password",
    }

    def run(*arguments: str, **variables: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env={**environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def test_it_starts_answers_and_leaves_nothing_behind(
    manage: Callable[..., subprocess.Popen[str]], port: int, tmp_path: Path
) -> None:
    assert manage("prepare").wait(timeout=180) == 0
    # Somebody is there already, so no demonstration is mixed in.
    manage("createsuperuser", "--noinput", "--username=a", "--email=").wait(timeout=90)
    portal = manage("serve")
    said = _read_until(portal, f"http://127.0.0.1:{port}/")
    assert "Sign in as" not in said
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/") as page:
        assert page.status == 200
    assert len(_processes_of(tmp_path)) >= 5  # launcher, web and its two workers, worker, beat
    portal.terminate()
    assert portal.wait(timeout=90) == 0
    assert _processes_of(tmp_path) == []


def test_a_port_in_use_is_told(manage: Callable[..., subprocess.Popen[str]], port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        said, code = _end_of(manage("serve"))
    assert f"Port {port} is in use by another program" in said
    assert f"make run PORT={port + 1}" in said
    assert "Traceback" not in said
    assert code == 1


def test_a_second_portal_in_the_same_folder_is_told_of_the_first(
    manage: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    with (tmp_path / "serving").open("w") as note:
        fcntl.flock(note, fcntl.LOCK_EX)
        note.write("http://127.0.0.1:8000/")
        note.flush()
        said, code = _end_of(manage("serve"))
    assert f"already runs from {tmp_path}: http://127.0.0.1:8000/" in said
    assert code == 1


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("HOST", "192.0.2.1", "is no address of this machine"),
        ("PORT", "eighty", "PORT is “eighty”"),
        ("DATABASE_URL", "mysql://host/x", "DATABASE_URL is not an address"),
        ("DATABASE_URL", "postgres://a@127.0.0.1:9/x", "does not answer"),
    ],
)
def test_a_start_that_cannot_be_ends_in_a_sentence(
    name: str, value: str, sentence: str, manage: Callable[..., subprocess.Popen[str]]
) -> None:
    said, code = _end_of(manage("serve", **{name: value}))
    assert sentence in said
    assert "Traceback" not in said
    assert code == 1


def _end_of(process: subprocess.Popen[str]) -> tuple[str, int]:
    said, _ = process.communicate(timeout=180)
    return said, process.returncode


def _read_until(process: subprocess.Popen[str], words: str) -> str:
    said = ""
    for line in process.stdout or ():
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def _processes_of(folder: Path) -> list[str]:
    """Return the numbers of the processes that run with this folder; Linux only."""
    wanted = f"VAR_DIR={folder}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            environment = (path / "environ").read_bytes()
        except OSError:
            continue
        if wanted in environment.split(b"\0"):
            found.append(path.name)
    return found
