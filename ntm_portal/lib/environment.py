"""The environment, read without stumbling; `ntm_portal.checks` names what is wrong with it."""

from __future__ import annotations

import logging
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
ENGINES = frozenset({"django.db.backends.sqlite3", "django.db.backends.postgresql"})
MAIL_SMTP = "django.core.mail.backends.smtp.EmailBackend"
MAIL_FILES = "django.core.mail.backends.filebased.EmailBackend"
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
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


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails go, in the words of Django's settings."""

    backend: str = "django.core.mail.backends.dummy.EmailBackend"
    folder: str | None = None
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False


def mail_server(url: str, *, embedded: Path) -> MailServer:
    """Return the server at `url`, or the folder that takes its place when it is empty.

    An address that cannot be used gives Django's dummy, so that the checks can say why.
    """
    if not url:
        return MailServer(MAIL_FILES, folder=str(embedded))
    try:
        parts = urlsplit(url)
        port = parts.port or MAIL_PORTS[parts.scheme]
    except (ValueError, KeyError):
        return MailServer()
    if not parts.hostname:
        return MailServer()
    return MailServer(
        MAIL_SMTP,
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp+tls",
        is_tls=parts.scheme == "smtps",
    )


def site_url(name: str, *, hosts: list[str], is_tls: bool, port: int) -> str:
    """Return the address that mails lead to: as named, or the first name there is."""
    if named := os.environ.get(name, "").strip():
        return named.rstrip("/")
    host = next((host for host in hosts if host[0] not in "*."), "127.0.0.1")
    is_here = host in {"127.0.0.1", "localhost", "[::1]"}
    return f"{'https' if is_tls else 'http'}://{host}{f':{port}' if is_here else ''}"


def terminal_language() -> str:
    """Return the language of whoever sits at the terminal: Vietnamese if the locale says so."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    said = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return "vi" if said.startswith("vi") else "en"
