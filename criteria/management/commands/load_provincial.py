"""`manage.py load_provincial FILE`: what provinces decided, from files; safe to rerun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from criteria.loading import SetFileError
from criteria.loading.provincial import load_levels

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Load the levels of provinces, each file whole or not at all."""

    help = (
        "Loads what provinces decided from FILE … and tells what changes; running it again "
        "changes nothing. Every fault of a file is told with its place."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files, and whether to try only."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would change, and change nothing"
        )

    def handle(self, *, files: list[Path], dry_run: bool, **options: object) -> None:
        """Load each file; tell of those that were refused in the end."""
        refused = []
        for path in files:
            try:
                loaded = load_levels(path, dry_run=dry_run)
            except SetFileError as error:
                refused.append(str(error))
                continue
            self.stdout.write(loaded.summary())
        if dry_run:
            self.stdout.write("A dry run: nothing was changed.")
        if refused:
            raise CommandError("\n".join(refused))
