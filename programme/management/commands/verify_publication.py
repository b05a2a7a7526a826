"""`manage.py verify_publication`: proves that what was published is what stands."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from programme.models import Publication
from programme.publication.publishing import differing

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Work the hash of published rounds out again, and exit with 1 where it is another."""

    help = (
        "Works the hash of each published round out again from what stands in the database and "
        "compares it with the one it was published under. Exits with 1 on any difference."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the rounds, all without any."""
        parser.add_argument("--round", action="append", metavar="CODE", help="only this round")

    def handle(self, *, round: list[str] | None, **options: object) -> None:  # noqa: A002  (the option's name)
        """Verify the latest publication of each round, and say what differs."""
        published = Publication.objects.filter(round__status="published").select_related("round")
        if round:
            published = published.filter(round__code__in=round)
        latest = {item.round_id: item for item in published}
        if not latest:
            raise CommandError("No round is published under a hash.")
        broken = False
        for publication in latest.values():
            parts = differing(publication)
            broken = broken or bool(parts)
            said = f"DIFFERS in {', '.join(parts)}" if parts else "as published"
            self.stdout.write(
                f"{publication.round} {publication.digest} {publication.figures} figures: {said}"
            )
        if broken:
            sys.exit(1)
