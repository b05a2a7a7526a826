"""The launcher with small programs in the place of the portal's own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOTE = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n');"
SLEEPS = f"{NOTE} time.sleep(60)"
IS_DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPS}"
HAS_DEAF_CHILD = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {IS_DEAF!r}, sys.argv[1]]); {SLEEPS}"  # noqa: E501  (one program)
FAILS = "import sys; sys.exit(7)"
LAUNCH = """
import os, sys
from ntm_portal import launcher
launcher.GRACE_SECONDS, launcher.TOO_SOON_SECONDS = 0.5, float(sys.argv[2])
services = [
    launcher.Service(f"program {number}", (sys.executable, "-c", program, sys.argv[1]))
    for number, program in enumerate(sys.argv[3:])
]
def tell(service, code): print("again", service.name, code, flush=True)
with launcher.Household(services, os.environ, tell) as household:
    try:
        household.watch()
    except launcher.DiedAtOnceError as death:
        sys.exit(f"{death.service.name} died, code {death.code}")
"""


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return tmp_path / "pids"


@pytest.fixture
def launch(note: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    launched = []

    def start(*programs: str, too_soon: float = 10) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(note), str(too_soon), *programs],
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        launched.append(process)
        return process

    yield start
    for process in launched:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_launcher_and_every_program(
    number: signal.Signals, launch: Callable[..., subprocess.Popen[str]], note: Path
) -> None:
    launcher = launch(SLEEPS, SLEEPS)
    pids = _pids(note, 2)
    launcher.send_signal(number)
    assert launcher.wait(timeout=10) == 0
    assert _gone(pids)


def test_a_program_that_will_not_end_is_killed_with_its_children(
    launch: Callable[..., subprocess.Popen[str]], note: Path
) -> None:
    launcher = launch(HAS_DEAF_CHILD, IS_DEAF)
    pids = _pids(note, 3)
    launcher.terminate()
    assert launcher.wait(timeout=10) == 0
    assert _gone(pids)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_killed_launcher_leaves_no_program_behind(
    launch: Callable[..., subprocess.Popen[str]], note: Path
) -> None:
    launcher = launch(SLEEPS, SLEEPS)
    pids = _pids(note, 2)
    launcher.kill()
    assert _gone(pids)


def test_a_program_that_ran_and_died_is_started_again(
    launch: Callable[..., subprocess.Popen[str]], note: Path
) -> None:
    launcher = launch(SLEEPS, too_soon=0)
    (first,) = _pids(note, 1)
    os.kill(first, signal.SIGKILL)
    _, second = _pids(note, 2)
    launcher.terminate()
    assert "again program 0 -9" in launcher.communicate(timeout=10)[0]
    assert _gone([second])


def test_a_program_that_dies_at_once_stops_all(
    launch: Callable[..., subprocess.Popen[str]], note: Path
) -> None:
    launcher = launch(SLEEPS, FAILS)
    assert "program 1 died, code 7" in launcher.communicate(timeout=10)[1]
    assert launcher.returncode == 1
    assert not note.exists() or _gone(_pids(note, 1))


def _pids(note: Path, count: int) -> list[int]:
    """Return the process ids the programs wrote, once there are `count` of them."""

    def written() -> list[int]:
        return [int(line) for line in note.read_text().split()] if note.exists() else []

    assert _soon(lambda: len(written()) >= count)
    return written()


def _gone(pids: list[int]) -> bool:
    return _soon(lambda: not any(_is_alive(pid) for pid in pids))


def _is_alive(pid: int) -> bool:
    """Tell whether the process runs; one that ended and waits to be counted does not."""
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        state = Path("/proc", str(pid), "stat")  # only Linux has it
        return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
    return False


def _soon(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
