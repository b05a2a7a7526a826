"""`manage.py rebuild_summaries`: adds up whole rounds anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from criteria.models import ReportingRound
from programme import rollup

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Work every figure of the rounds out anew; published rounds only when named."""

    help = (
        "Adds up every figure of the rounds anew. A published round is left alone unless it is "
        "named, with --published: its figures are not meant to move."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the rounds."""
        parser.add_argument("rounds", nargs="*", metavar="ROUND", help="codes; all when none")
        parser.add_argument(
            "--published", action="store_true", help="also rounds named here that are published"
        )

    def handle(self, *, rounds: list[str], published: bool, **options: object) -> None:
        """Rebuild them one after the other."""
        known = {item.code: item for item in ReportingRound.objects.all()}
        if unknown := set(rounds) - set(known):
            raise CommandError("There is no round " + ", ".join(sorted(unknown)))
        chosen = [known[code] for code in rounds or known]
        frozen = [item.code for item in chosen if item.is_frozen]
        if rounds and frozen and not published:
            raise CommandError("Published; reopen it or say --published: " + ", ".join(frozen))
        owed = [item for item in chosen if not item.is_frozen or (rounds and published)]
        for item in tqdm(owed, unit=" rounds", disable=None):
            units = rollup.rebuild(item)
            self.stdout.write(f"{item.code}: {units:,} units")
