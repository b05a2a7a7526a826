"""`manage.py open_round CODE`: opens a round, as an administrator does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from criteria.services import open_round
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Open a round: a draft for every commune of its day, with the values it last had."""

    help = (
        "Opens a reporting round: every commune on the map of the reference date gets a draft with "
        "the values it last had. One that a merger formed starts empty and is reviewed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the code, the days, and who opens it."""
        parser.add_argument("code", help="such as 2025-Q4")
        parser.add_argument("--by", required=True, metavar="NAME", help="an administrator")
        for name, said in (
            ("--reference-date", "the day the figures are of"),
            ("--opens-on", "the first day"),
            ("--due-on", "the last day"),
        ):
            parser.add_argument(
                name, required=True, type=date.fromisoformat, metavar="YYYY-MM-DD", help=said
            )

    # Days come as Django hands over options.
    def handle(
        self,
        *,
        code: str,
        by: str,
        reference_date: date,
        opens_on: date,
        due_on: date,
        **options: object,
    ) -> None:
        """Open the round and say how many communes it asks."""
        person = User.objects.filter(username=by).first()
        if person is None:
            raise CommandError(f"There is nobody called “{by}”.")  # noqa: EM102  (as elsewhere)
        try:
            round_ = open_round(
                code, reference_date=reference_date, opens_on=opens_on, due_on=due_on, by=person
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Round {code} is open: {round_.assessments.count()} communes.")
