"""The environment, read without stumbling; `ntm_portal.checks` names what is wrong with it."""

from __future__ import annotations

import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

import dj_database_url

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
ENGINES = frozenset({"django.db.backends.sqlite3", "django.db.backends.postgresql"})
# Readers never wait for the writer (WAL); a write transaction takes its lock at once,
# so two writers queue instead of failing half-way.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
    "PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;",
}


def flag(name: str) -> bool:
    """Tell whether the variable says yes."""
    return os.environ.get(name, "").strip().lower() in TRUE


def number(name: str, default: int) -> int:
    """Return the whole number of the variable; the default where it is none, or none that works."""
    text = os.environ.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and int(text) else default


def words(name: str, default: str) -> list[str]:
    """Return the words of the variable, parted by spaces or commas."""
    return (os.environ.get(name) or default).replace(",", " ").split()


def log_level(name: str, default: str) -> str:
    """Return the level that the variable names, or the default if there is no such level."""
    level = os.environ.get(name, default).upper()
    return level if level in logging.getLevelNamesMapping() else default


def folder(name: str, default: Path) -> Path:
    """Return the folder that the variable names, made if need be; nothing works without it."""
    path = Path(os.environ.get(name) or default).resolve()
    with suppress(OSError):
        path.mkdir(parents=True, exist_ok=True)
    if not os.access(path, os.W_OK | os.X_OK):
        message = f"{name}: nothing can be written to {path}."
        raise SystemExit(message)
    return path


def kept_secret(path: Path) -> str:
    """Return the secret of this installation, made once; the first of two processes wins."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()


# What Django takes as the settings of a database has values of every type, hence Any.
def database(url: str, *, embedded: Path) -> dict[str, Any]:
    """Return the settings of the database at `url`, or of the embedded one when it is empty.

    An address that cannot be used gives Django's dummy, so that the checks can say why.
    """
    if not url:
        parsed: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(embedded)}
    else:
        try:
            parsed = {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
        except ValueError:
            parsed = {}
    if parsed.get("ENGINE") not in ENGINES or not parsed["NAME"]:
        return {"ENGINE": "django.db.backends.dummy"}
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        parsed |= {"CONN_MAX_AGE": 0, "OPTIONS": SQLITE_OPTIONS}
    return parsed


def terminal_language() -> str:
    """Return the language of whoever sits at the terminal: Vietnamese if the locale says so."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    said = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return "vi" if said.startswith("vi") else "en"
