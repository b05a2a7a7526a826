"""The real portal for the browser tests: the launcher, its processes, a database of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg2
from django.conf import settings
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, connection
from psycopg2.sql import SQL, Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROVINCES = ("62", "42")  # Kon Tum and Hà Tĩnh: those of the demonstration's officers


@dataclass(frozen=True)
class Portal:
    """A portal that runs, and the environment its commands run in."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a command of the portal beside the running processes; return what it says."""
        return _manage(self.environment, *arguments)

    def ask(self, expression: str) -> list[str]:
        """Return the words of a Python expression, with every model at hand, in the portal."""
        program = f"from django.db.models import F; print(*{expression})"
        return self.manage("shell", "-v0", "-c", program).split()


@contextmanager
def running(folder: Path) -> Iterator[Portal]:
    """Load map, law, targets and two provinces, start the launcher, and stop it in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with _own_database() as database:
        environment = {
            **os.environ,
            "VAR_DIR": str(folder),
            "PORT": str(port),
            "DATABASE_URL": database,
            "LANGUAGE": "en",
        }
        _manage(environment, "prepare")
        chosen = [word for code in PROVINCES for word in ("--province", code)]
        _manage(environment, "load_demonstration", *chosen)
        launcher = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield Portal(_url_said_by(launcher), environment)
        finally:
            launcher.terminate()
            launcher.communicate(timeout=60)


def _manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def _url_said_by(launcher: subprocess.Popen[str]) -> str:
    for line in launcher.stdout or ():
        _, found, url = line.partition("The portal is at ")
        if found:
            return url.strip()
    raise AssertionError("the portal did not start")


@contextmanager
def _own_database() -> Iterator[str]:
    """Give the address of an empty database of the kind the suite runs on."""
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not url.scheme.startswith(("postgres", "pgsql")):
        yield ""  # the embedded one, in the portal's own folder
        return
    name = f"ntm_e2e_{os.getpid()}"
    _ask(url.geturl(), "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _ask(url.geturl(), "CREATE DATABASE {}", name)
    try:
        yield url._replace(path=f"/{name}").geturl()
    finally:
        _ask(url.geturl(), "DROP DATABASE {} WITH (FORCE)", name)


def _ask(url: str, statement: str, name: str) -> None:
    server: connection = psycopg2.connect(url)
    server.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    with server.cursor() as cursor:
        cursor.execute(SQL(statement).format(Identifier(name)))
    server.close()
