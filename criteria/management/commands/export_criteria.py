"""`manage.py export_criteria CODE`: the file a set was loaded from, byte for byte."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from criteria.loading import SetFileError, export_set

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Write a set back as a file of law."""

    help = "Writes the file of the set CODE to the standard output, or to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the set, and where to write it."""
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write to FILE instead")

    def handle(self, *, code: str, output: Path | None, **options: object) -> None:
        """Write the file."""
        try:
            document = export_set(code)
        except SetFileError as error:
            raise CommandError(str(error)) from error
        if output is not None:
            output.write_bytes(document.encode())
            return
        if isinstance(sys.stdout, TextIOWrapper):  # no line end is translated
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        self.stdout.write(document, ending="")
