"""Processes that live and die together: started, watched, stopped as one; knows no Django."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

POLL_SECONDS = 0.2
GRACE_SECONDS = 12.0  # what a process has to finish what it is at
TOO_SOON_SECONDS = 10.0  # one that dies within this would only die again
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Service:
    """A program to keep running."""

    name: str
    command: tuple[str, ...]


class DiedAtOnceError(Exception):
    """A service ended right after its start; carries the service and its exit code."""

    def __init__(self, service: Service, code: int) -> None:
        super().__init__(service, code)
        self.service, self.code = service, code


@dataclass(slots=True)
class Household:
    """The services and what became of them; leaving the `with` block stops them all."""

    services: Sequence[Service]
    environment: Mapping[str, str]
    on_restart: Callable[[Service, int], object]
    stopping: threading.Event = field(default_factory=threading.Event)
    _running: dict[Service, tuple[subprocess.Popen[bytes], float]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def watch(self, until: Callable[[], bool] = lambda: False) -> bool:
        """Keep all running until somebody stops them (False) or `until` holds (True)."""
        while not self.stopping.is_set():
            for service in self.services:
                self._keep_running(service)
            if until():
                return True
            self.stopping.wait(POLL_SECONDS)
        return False

    def _keep_running(self, service: Service) -> None:
        if service in self._running:
            process, started = self._running[service]
            if (code := process.poll()) is None:
                return
            if time.monotonic() - started < TOO_SOON_SECONDS:
                raise DiedAtOnceError(service, code)
            self.on_restart(service, code)
        self._start(service)

    def _start(self, service: Service) -> None:
        """Start it in a session of its own: a Ctrl-C reaches it only through the launcher."""
        process = subprocess.Popen(
            service.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  (no thread yet that could hold a lock)
        )
        self._running[service] = process, time.monotonic()

    def _stop(self) -> None:
        """Ask all to end; whoever has not ended after the time of grace is killed."""
        for process, _started in self._running.values():
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process, _started in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            with suppress(ProcessLookupError):  # the whole session, children of its own included
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _end_with_parent() -> None:
    """Ask Linux for a SIGTERM when the launcher is gone, even if it was killed."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
