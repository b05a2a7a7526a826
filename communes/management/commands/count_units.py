"""`manage.py count_units`: how many units the map of a day holds, as the last line."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from communes.models import AdministrativeUnit

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Count the units in force on a day."""

    help = "Print how many units were in force on a day, of one kind or of all."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day and the kind."""
        parser.add_argument("--on", type=_day, help="a day such as 2025-06-30")
        parser.add_argument("--kind", choices=AdministrativeUnit.Kind.values)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the number."""
        units = AdministrativeUnit.objects.on(options["on"] or timezone.localdate())
        if options["kind"]:
            units = units.filter(kind=options["kind"])
        self.stdout.write(str(units.count()))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        sentence = f"“{text}” is not a date such as 2025-06-30"
        raise ArgumentTypeError(sentence) from error
