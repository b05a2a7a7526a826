"""`manage.py load_units`: the official list of a day, in any order of days, safe to run again."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils import timezone

from communes import placements
from communes.data_rows import DamagedFileError
from communes.list_files import read_list, read_successions
from communes.loading import ListFile, SuccessionFile, denied, differences
from communes.management.commands.load_map import account
from communes.models import AdministrativeUnit
from ntm_portal.lib.collecting import no_collection
from ntm_portal.lib.errors import DomainError
from programme.resolutions.listing import load_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.management.base import CommandParser

    from communes.chronicle.entries import Listing
    from communes.models import FollowUp
    from communes.rewriting import Rewritten


class Command(BaseCommand):
    """Load the list of a day, whole or not at all."""

    help = (
        "Load the official list of the units on a day, with the successions that are known; "
        "versions are closed, opened and joined, and areas, targets and levels follow to "
        "successors. A second run changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the list, its day and the successions."""
        parser.add_argument("file", type=Path, help="the list, CSV in UTF-8")
        parser.add_argument(
            "--date", type=_day, required=True, help="the day of the list, such as 2025-07-01"
        )
        parser.add_argument("--successions", type=Path, help="what became of which unit, CSV")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read both files before the first row is written, then say what was done."""
        try:
            with no_collection():
                self._load(**options)
        except (DamagedFileError, DomainError) as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            sentence = f"The list was not loaded, nothing was changed: {error}"
            raise CommandError(sentence) from error

    def _load(
        self, *, file: Path, date: date, successions: Path | None, dry_run: bool, **_: Any
    ) -> None:
        listing = read_list(file, date)
        said = SuccessionFile(successions, read_successions(successions)) if successions else None
        with transaction.atomic():
            rewritten, followed = load_list(ListFile(listing, file.name), said)
            self._say(listing, rewritten)
            self._say_followed(followed)
            if dry_run:
                transaction.set_rollback(True)
                self.stdout.write("Nothing was written: this was a dry run.")
            else:
                placements.ensure(timezone.localdate())

    def _say(self, listing: Listing, rewritten: Rewritten | None) -> None:
        counted, day = differences(listing)
        if day:
            words = ", ".join(f"{number:,} {what}" for what, number in counted.items())
            self.stdout.write(
                f"Between {min(day, listing.day)} and {max(day, listing.day)}: {words}."
            )
        self.stdout.write(f"Units: {account(rewritten)}.")
        if rewritten:
            moved = rewritten.references
            self.stdout.write(f"Rows put on the version of their own day: {moved.count:,}.")
            for row in moved.left:
                self.stdout.write(f"To check, left where it was: {row}.")
            for version in rewritten.chronicle.reused:
                self.stdout.write(
                    f"Code {version.code} is used for another unit since {version.first}: "
                    f"{version.entry.name}."
                )
        for resolution, named in denied(listing):
            self.stdout.write(f"Otherwise than entered by hand: {named}, {resolution}.")
        for unit in AdministrativeUnit.objects.filter(is_unresolved=True):
            self.stdout.write(f"Unresolved: {unit.code} {unit.name}, gone after {unit.valid_to}.")

    def _say_followed(self, followed: Sequence[FollowUp]) -> None:
        for row in followed:
            became = f"now {row.successor} too" if row.successor else "to be decided"
            self.stdout.write(
                f"To check, {row.listed_for}: {row.kind} ({row.subject}) of {row.former}: {became}."
            )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        sentence = f"“{text}” is not a date such as 2025-06-30"
        raise ArgumentTypeError(sentence) from error
