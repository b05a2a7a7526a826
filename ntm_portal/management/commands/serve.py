"""`manage.py serve`: the whole portal on this machine: web server, Celery worker, Celery beat."""

from __future__ import annotations

import fcntl
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from criteria.models import ReportingRound
from ntm_portal.accounts.models import User
from ntm_portal.launcher import DiedAtOnceError, Household, Service
from ntm_portal.lib import broker
from ntm_portal.lib.environment import terminal_language
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.listening import Address
from programme.demonstration.accounts import ACCOUNTS

if TYPE_CHECKING:
    from collections.abc import Iterator

INTERRUPTED = 130


class Command(BaseCommand):
    """Prepare the database, then keep the three processes running until Ctrl-C."""

    help = "Start the whole portal here: HOST (127.0.0.1) and PORT (8000) say where it listens."
    requires_system_checks = []  # asked for below, once the language of the terminal is known

    def handle(self, *args: Any, **options: Any) -> None:
        """Hold the folder, prepare, run."""
        with translation.override(terminal_language()):
            self.check()
            host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or 8000
            address = Address(host, int(port))
            try:
                with _alone(address):
                    address.require_free()
                    call_command("prepare", demonstration=True, stdout=self.stdout)
                    self._run(address)
            except DomainError as refusal:
                raise CommandError(str(refusal)) from refusal
            except KeyboardInterrupt:
                sentence = "\n" + _("Stopped. The next start goes on from here.")
                raise CommandError(sentence, returncode=INTERRUPTED) from None

    def _run(self, address: Address) -> None:
        if settings.CELERY_BROKER_URL.startswith("filesystem:"):
            broker.tidy(settings.BROKER_DIR)
        greeting = _greeting(address)
        connections.close_all()
        with Household(_services(address), _environment(), self._tell_restart) as household:
            try:
                if household.watch(until=lambda: address.answers(reverse("health"))):
                    self.stdout.write(greeting)
                    self.stdout.flush()
                    household.watch()
            except DiedAtOnceError as death:
                said = {"name": death.service.name, "code": death.code}
                sentence = _("The %(name)s stopped right after its start (code %(code)s).")
                raise DomainError(sentence % said) from death
            self.stdout.write("\n" + _("Stopping …"))
            self.stdout.flush()

    def _tell_restart(self, service: Service, code: int) -> None:
        sentence = _("The %(name)s stopped by itself (code %(code)s) and is started again.")
        self.stderr.write(sentence % {"name": service.name, "code": code})


@contextmanager
def _alone(address: Address) -> Iterator[None]:
    """Hold the folder of this installation: two portals in one would take each other's messages."""
    with (settings.VAR_DIR / "serving").open("a+") as note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            note.seek(0)
            said = {"folder": settings.VAR_DIR, "url": note.read()}
            sentence = _("The portal already runs from %(folder)s: %(url)s") % said
            raise DomainError(sentence, code="already-running") from error
        note.truncate(0)
        note.write(address.url)
        note.flush()
        yield


def _services(address: Address) -> list[Service]:
    level = _environment()["LOG_LEVEL"].lower()
    web = f"gunicorn ntm_portal.wsgi --bind {address.bind} --no-control-socket --log-level {level}"
    web += f" --worker-class gthread --workers {os.environ.get('WEB_CONCURRENCY') or 2}"
    web += " --threads 4 --graceful-timeout 8"
    # One process that does one task after the other: the embedded database has one writer.
    worker = f"celery -q -A ntm_portal worker --pool solo --loglevel {level}"
    worker += " --without-gossip --without-mingle --without-heartbeat"
    beat = f"celery -q -A ntm_portal beat --loglevel {level}"
    commands = {_("web server"): web, _("worker"): worker, _("scheduler"): beat}
    return [
        Service(name, (sys.executable, "-m", *command.split()))
        for name, command in commands.items()
    ]


def _environment() -> dict[str, str]:
    """Return the environment of the services: they only speak up when something is wrong."""
    return {
        # Here everything runs as whoever started it; docs/operations.md says how in production.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
        **os.environ,
        "LOG_LEVEL": os.environ.get("LOG_LEVEL") or "WARNING",
    }


def _greeting(address: Address) -> str:
    lines = ["", _("The portal is at %s") % address.url, _("Ctrl-C stops it.")]
    if ReportingRound.objects.filter(is_demonstration=True).exists():
        there = set(User.objects.filter(is_active=True).values_list("username", flat=True))
        accounts = [account for account in ACCOUNTS if account.username in there]
        lines += ["", _("Demonstration data. Sign in as:")]
        lines += [f"  {item.username} / {item.password}  {item.may}" for item in accounts]
    return "\n".join(lines)
