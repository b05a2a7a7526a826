"""`manage.py prepare`: tables, map, law, targets and static files, as this release has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from criteria.models import ReportingRound, RoundEvent
from ntm_portal.accounts.models import User
from ntm_portal.lib.environment import terminal_language

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (gettext_noop("Tables"), "migrate", {"verbosity": 0, "interactive": False}),
    (gettext_noop("Map"), "load_map", {}),
    (gettext_noop("Law"), "load_criteria", {}),
    (gettext_noop("Targets"), "load_targets", {}),
    (gettext_noop("Published figures"), "load_published", {}),
    (gettext_noop("Pages"), "collectstatic", {"verbosity": 0, "interactive": False}),
)


class Command(BaseCommand):
    """Bring database and static files up to date; safe to rerun, however the last run ended."""

    help = "Migrate, load map, law and targets, collect static files; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the demonstration."""
        parser.add_argument(
            "--demonstration",
            action="store_true",
            help="load the demonstration too, if nobody and no round is in the database yet",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the steps in their order."""
        with translation.override(terminal_language()):
            _require_database()
            for name, command, arguments in STEPS:
                self.stdout.write(f"{_(name)} …")
                self.stdout.flush()
                call_command(command, stdout=self.stdout, **arguments)
            if options["demonstration"] and demonstration_is_owed():
                call_command("load_demonstration", stdout=self.stdout)


def demonstration_is_owed() -> bool:
    """Tell whether the database is empty, or its demonstration was broken off half-way.

    Publishing the rounds that are over is the last step of the loading.
    """
    rounds = ReportingRound.objects.all()
    if rounds.filter(is_demonstration=True).exists():
        published = RoundEvent.objects.filter(to_status=ReportingRound.Status.PUBLISHED)
        return not published.exists()
    return not rounds.exists() and not User.objects.exists()


def _require_database() -> None:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        sentence = _("The database that DATABASE_URL names does not answer: %s") % error
        raise CommandError(sentence) from error
