"""`manage.py load_boundaries FILE`: outlines of communes, for the maps inside a province."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from communes import boundaries

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

NAMED = 10


class Command(BaseCommand):
    """Load the outlines of a day, whole or not at all."""

    help = (
        "Load outlines of communes from TopoJSON; each shape has the official code of its unit. "
        "Pages draw communes with them; without them all works. Run again, it replaces them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and the day whose units it draws."""
        parser.add_argument("file", type=Path, help="TopoJSON, in degrees")
        parser.add_argument(
            "--date", type=date.fromisoformat, help="the day of the map, such as 2025-07-01"
        )

    def handle(self, *_args: Any, file: Path, date: date | None, **_options: Any) -> None:
        """Read the file before the first row is written, then say what was kept."""
        try:
            loaded = boundaries.load(boundaries.read(file), date or timezone.localdate())
        except boundaries.NotTopologyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Outlines kept: {loaded.kept:,}.")
        if loaded.unknown:
            first = ", ".join(loaded.unknown[:NAMED])
            self.stdout.write(
                f"No unit of that day has these codes: {len(loaded.unknown):,}: {first}"
            )
