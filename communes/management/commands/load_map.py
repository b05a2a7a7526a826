"""`manage.py load_map`: the shipped map, safe to run again beside lists loaded by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from tqdm import tqdm

from communes import placements
from communes.data_rows import DamagedFileError
from communes.list_files import read_list, read_successions
from communes.loading import ListFile, Loaded, SuccessionFile, load_lists, load_regions
from communes.map_files import read_regions
from communes.models import UnitList
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from communes.rewriting import Rewritten

DATA = Path(__file__).resolve().parents[2] / "data"
DAYS = (date(2025, 6, 30), date(2025, 7, 1))


class Command(BaseCommand):
    """Load the shipped lists, whole or not at all."""

    help = (
        "Load the regions, the lists of 30 June and 1 July 2025 and the successions between "
        "them; a second run changes nothing, and a list loaded by hand for a day stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Let another folder hold the files."""
        parser.add_argument("--data", type=Path, default=DATA)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read all files before the first row is written, then say what was done."""
        data = options["data"]
        try:
            with tqdm(total=5, desc="Map", unit=" steps", disable=None) as bar:
                regions = read_regions(data / "regions.csv")
                path = data / "successions-2025-07-01.csv"
                successions = SuccessionFile(path, read_successions(path))
                bar.update()
                lists = []
                for day in DAYS:
                    path = data / f"units-{day}.csv"
                    lists.append(ListFile(read_list(path, day), path.name))
                    bar.update()
                loaded_regions = load_regions(regions)
                bar.update()
                rewritten = load_lists(_not_replaced(lists), successions)
                placements.ensure(timezone.localdate())  # the first reader need not wait for them
                bar.update()
        except (DamagedFileError, DomainError) as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            sentence = f"The map was not loaded, nothing was changed: {error}"
            raise CommandError(sentence) from error
        self.stdout.write(f"Regions: {_account(loaded_regions)}.")
        self.stdout.write(f"Units: {account(rewritten)}.")


def _not_replaced(lists: list[ListFile]) -> list[ListFile]:
    """Leave out the days for which somebody loaded another list."""
    kept = dict(UnitList.objects.values_list("day", "source"))
    return [item for item in lists if kept.get(item.listing.day, item.source) == item.source]


def account(rewritten: Rewritten | None) -> str:
    """Say what was done: "1 version added, 2 changed, 0 removed"."""
    if rewritten is None or rewritten.is_unchanged:
        return "nothing to change"
    units = rewritten.units
    return (
        f"{len(units.added):,} versions added, {len(units.changed):,} changed, "
        f"{len(units.removed):,} removed; successions: {rewritten.successions[0]:,} added, "
        f"{rewritten.successions[1]:,} changed, {rewritten.successions[2]:,} removed"
    )


def _account(loaded: Loaded) -> str:
    if not loaded.added and not loaded.changed:
        return f"nothing to change, {len(loaded.unchanged):,} as in the file"
    return (
        f"{len(loaded.added):,} added, {len(loaded.changed):,} changed, "
        f"{len(loaded.unchanged):,} unchanged"
    )
