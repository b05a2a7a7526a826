"""`load_ocop_scheme FILE`: schemes and score sheets of OCOP, with what is unsound in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ntm_portal.lib.errors import DomainError
from ocop.loading import read, store

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Loads law that is not shipped; what is unsound is kept, named, and judges nothing."""

    help = "Loads schemes and score sheets of OCOP from a JSON file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether to write."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Say all, write nothing.")

    def handle(self, *, file: Path, dry_run: bool, **_options: object) -> None:
        """Load the file and say what became of each thing in it."""
        try:
            found = read(file)
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        with transaction.atomic():
            outcomes = store(found)
            transaction.set_rollback(dry_run)
        for outcome in outcomes:
            self.stdout.write(f"{_state(outcome.state, is_sound=outcome.is_sound)}: {outcome.name}")
            for reason in outcome.reasons:
                self.stdout.write(f"    {reason}")
        sound = sum(outcome.is_sound for outcome in outcomes)
        said = ngettext(
            "%(sound)s of %(count)s is sound.", "%(sound)s of %(count)s are sound.", len(outcomes)
        )
        self.stdout.write(said % {"sound": sound, "count": len(outcomes)})
        if dry_run:
            self.stdout.write(_("Nothing is written: this was a trial."))


def _state(state: str, *, is_sound: bool) -> str:
    if state == "faulty":
        return _("not understood")
    if not is_sound:
        return _("unsound, judges nothing")
    return _("unchanged") if state == "unchanged" else _("loaded")
