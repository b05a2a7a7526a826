"""`manage.py load_map`: the regions and the units of the map, safe to run again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from communes.data_rows import DamagedFileError
from communes.loading import Loaded, load_map
from communes.map_files import read_regions, read_units

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Load the map from its files, whole or not at all."""

    help = "Load the regions and the administrative units; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let another folder hold the files."""
        parser.add_argument("--regions", type=Path, default=DATA / "regions.csv")
        parser.add_argument("--units", type=Path, default=DATA / "units-2025-06-30.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read both files before the first row is written, then say what was done."""
        try:
            regions = read_regions(options["regions"])
            units = read_units(options["units"], regions)
            with tqdm(total=len(units), desc="Map", unit=" units", disable=None) as bar:
                loaded_regions, loaded_units = load_map(
                    regions, units, source=options["units"].name, progress=bar.update
                )
        except DamagedFileError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            sentence = f"The map was not loaded, nothing was changed: {error}"
            raise CommandError(sentence) from error
        self.stdout.write(f"Regions: {_account(loaded_regions)}.")
        self.stdout.write(f"Units: {_account(loaded_units)}.")


def _account(loaded: Loaded[Any]) -> str:
    """Say what was done: "1 added, 2 changed, 10,792 unchanged"."""
    if not loaded.added and not loaded.changed:
        return f"nothing to change, {len(loaded.unchanged):,} as in the file"
    return (
        f"{len(loaded.added):,} added, {len(loaded.changed):,} changed, "
        f"{len(loaded.unchanged):,} unchanged"
    )
