"""`manage.py load_demonstration`: invented figures on the real units, plainly marked as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from programme.demonstration.loader import load
from programme.demonstration.orders import SEED, CannotLoadError, Order, look
from programme.demonstration.rounds import DUE_IN

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Load the demonstration, or go on with one that was broken off."""

    help = "Load the demonstration; run again it goes on where it was broken off, or does nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the seed, the provinces and the days until the open round is due."""
        parser.add_argument("--seed", type=int, help=f"other figures than those of {SEED}")
        parser.add_argument(
            "--province", action="append", default=[], metavar="CODE", help="only this province"
        )
        parser.add_argument("--due-in", type=int, default=DUE_IN, metavar="DAYS")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look first, then load with a bar that counts communes."""
        order = Order(
            today=timezone.localdate(),
            provinces=options["province"],
            seed=options["seed"],
            due_in=options["due_in"],
        )
        try:
            if (work := look(order)) is None:
                self.stdout.write("The demonstration is loaded already; nothing to do.")
                return
            with tqdm(total=work.communes, desc="Demonstration", unit=" xã", disable=None) as bar:
                load(order, work, bar.update)
        except CannotLoadError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Demonstration: {work.communes:,} communes loaded, figures added up.")
