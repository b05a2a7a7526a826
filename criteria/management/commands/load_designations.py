"""`manage.py load_designations FILE`: standings that the law gives units; safe to rerun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from communes.designation_files import COLUMNS, DesignationFileError, read_designations
from criteria.services.designations import designate
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Load designations, whole or not at all."""

    help = (
        f"Loads designations from a CSV with the columns {', '.join(COLUMNS)}: whole or not at "
        "all; running it again changes nothing. Every fault is told with its line."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether to try only."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *, file: Path, dry_run: bool, **options: object) -> None:
        """Read the whole file before the first row is written."""
        try:
            with transaction.atomic():
                done = designate(read_designations(file), by=None)
                if dry_run:
                    transaction.set_rollback(True)
        except (DesignationFileError, DomainError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Designations: {done.added} new, {done.changed} put right, {done.same} as they were."
        )
        if dry_run:
            self.stdout.write("A dry run: nothing was changed.")
