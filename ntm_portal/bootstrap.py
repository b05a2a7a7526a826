"""Make `.venv` and put the locked packages into it; needs nothing but Python and is safe to rerun.

`make` calls it by its path, before anything of the portal can be imported.
"""

from __future__ import annotations

import fcntl
import gettext
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
# Says which Python, in which folder, the environment is for. It is away while packages are being
# written, so an environment without it may be half-made.
SOUND = VENV / "sound"
LOOKED_AT = ("Collecting", "Requirement already", "Ignoring")
OFFLINE = ("Retrying", "Temporary failure", "Failed to establish", "timed out", "NewConnection")

_ = gettext.translation("django", ROOT / "locale", fallback=True).gettext


class CannotInstallError(Exception):
    """The packages cannot be installed; carries a sentence for the person at the terminal."""


def main(lists: list[str]) -> int:
    """Install each list of packages unless it is installed; return the exit code."""
    lock = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)  # a second `make` waits for the first
    try:
        for name in lists:
            if not _is_installed(name):
                _make_environment()
                _install(name)
    except CannotInstallError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n" + _("Stopped. The next start goes on from here."), file=sys.stderr)
        return 130
    finally:
        os.close(lock)
    return 0


def _is_installed(name: str) -> bool:
    return _read(SOUND) == _identity() and _read(_stamp(name)) == _digest(name)


def _make_environment() -> None:
    """Make `.venv`, anew if another Python made it or an installation in it was cut short."""
    if _read(SOUND) == _identity():
        return
    print(_("Making the virtual environment .venv"), flush=True)
    if not (_brings_pip() or importlib.util.find_spec("pip")):
        raise CannotInstallError(
            _("This Python cannot install packages: it has no pip. On Debian or Ubuntu: %s")
            % "apt install python3-venv"
        )
    try:
        venv.create(VENV, clear=True, symlinks=True, with_pip=_brings_pip())
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotInstallError(
            _("The virtual environment could not be made: %s") % error
        ) from error
    SOUND.write_text(_identity())


def _install(name: str) -> None:
    """Install the packages of the list, each checked against its hash."""
    SOUND.unlink()
    command = [*_pip(), "install", "--require-hashes", "--retries", "1", "-r", str(ROOT / name)]
    options = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    total = len(re.findall(r"^[\w.\[\]-]+==", (ROOT / name).read_text(), re.MULTILINE))
    said: list[str] = []
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            said.append(line.rstrip())
            _show_progress(said, total)
    SOUND.write_text(_identity())  # pip came to an end by itself, with whatever result
    if pip.returncode != 0:
        raise CannotInstallError(_reason(said))
    _stamp(name).write_text(_digest(name))


def _show_progress(said: list[str], total: int) -> None:
    """Tell how many packages pip has looked at, with a bar on a terminal, then that it installs."""
    if said[-1].startswith("Installing collected"):
        print("\n" * sys.stdout.isatty() + _("Installing the packages"), flush=True)
    elif sys.stdout.isatty() and said[-1].startswith(LOOKED_AT):
        done = sum(line.startswith(LOOKED_AT) for line in said)
        label, bar = _("Packages"), "█" * (30 * done // total)
        print(f"\r{label} |{bar:<30}| {done}/{total}", end="", flush=True)


def _reason(said: list[str]) -> str:
    if any(word in line for line in said for word in OFFLINE):
        return _(
            "The packages could not be fetched: is this machine on the network? "
            "Once it is, start again; what was fetched is kept."
        )
    errors = [line for line in said if line.startswith("ERROR")] or said[-1:]
    return "\n".join([_("The packages could not be installed. pip says:"), *errors])


def _brings_pip() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


def _pip() -> list[str]:
    """Return the command of the environment's own pip, or of the system's acting on it."""
    inside = str(VENV / "bin" / "python")
    if _brings_pip():
        return [inside, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", inside]


def _identity() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor} {ROOT}"


def _stamp(name: str) -> Path:
    return VENV / f"installed-{name}"


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def _read(path: Path) -> str:
    return path.read_text() if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
