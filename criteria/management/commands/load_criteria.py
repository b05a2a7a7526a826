"""`manage.py load_criteria`: the national criteria sets from `criteria/data/`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from criteria.loading import SetFileError, load_set

if TYPE_CHECKING:
    from argparse import ArgumentParser

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Load every set that is shipped, or the files named; safe to rerun."""

    help = "Loads the national criteria sets, or those in FILE …; running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files to load."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")

    def handle(self, *, files: list[Path], **options: object) -> None:
        """Load each file, whole or not at all."""
        for path in files or sorted(DATA.glob("*.json")):
            try:
                loaded = load_set(path)
            except SetFileError as error:
                raise CommandError(str(error)) from error
            self.stdout.write(
                f"{loaded.code}: {loaded.criteria} criteria, {loaded.indicators} indicators, "
                f"{len(loaded.thresholds)} thresholds; {loaded.rows_written} rows written"
            )
