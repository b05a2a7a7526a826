"""`manage.py load_criteria`: criteria sets from files of law; safe to rerun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from criteria.loading import SetFileError, load_set
from criteria.loading.shipped import shipped_files

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Load every set that is shipped, or the files named; each whole, or not at all."""

    help = (
        "Loads the criteria sets that are shipped, or those in FILE …, and tells what changes; "
        "running it again changes nothing. Every fault of a file is told with its place."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files, and whether to try only."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would change, and change nothing"
        )

    def handle(self, *, files: list[Path], dry_run: bool, **options: object) -> None:
        """Load each file; tell of those that were refused in the end."""
        refused = []
        for path in files or shipped_files():
            try:
                loaded = load_set(path, dry_run=dry_run)
            except SetFileError as error:
                refused.append(str(error))
                continue
            for line in loaded.summary():
                self.stdout.write(line)
        if dry_run:
            self.stdout.write("A dry run: nothing was changed.")
        if refused:
            raise CommandError("\n".join(refused))
