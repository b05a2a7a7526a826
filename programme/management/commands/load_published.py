"""`manage.py load_published`: what was officially published, from `programme/data/`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from programme.loading import TargetFileError, load_published

if TYPE_CHECKING:
    from argparse import ArgumentParser

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "published-figures.csv"


class Command(BaseCommand):
    """Load the published figures, or those of another file; safe to rerun."""

    help = "Loads the published figures, or those in FILE, in the place of those that are there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to load."""
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED, metavar="FILE")

    def handle(self, *, file: Path, **options: object) -> None:
        """Load the file, whole or not at all."""
        try:
            loaded = load_published(file)
        except (TargetFileError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file.name}: {loaded} figures")
