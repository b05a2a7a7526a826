"""`manage.py verify_summaries`: proves every figure from the raw values."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from communes.models import StaleUnit
from criteria.models import Assessment, ReportingRound
from programme.verification.rounds import verify
from programme.verification.snapshot import snapshot

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from django.db.models import QuerySet

    from programme.verification.findings import Findings

PAUSE = 0.2


class Command(BaseCommand):
    """Judge and add up everything again, and exit with 1 on any difference."""

    help = (
        "Works every verdict and every figure out again from the raw values and compares. "
        "Exits with 1 on any difference. Facts that were recorded after a round was published "
        "show as differences of that round: its figures never move."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the rounds, and how long to wait for the roll-up."""
        parser.add_argument("--round", action="append", metavar="CODE", help="only this round")
        parser.add_argument(
            "--wait",
            type=float,
            default=0,
            metavar="SECONDS",
            help="wait so long at most for the roll-up to have nothing left to do",
        )

    def handle(self, *, round: list[str] | None, wait: float, **options: object) -> None:  # noqa: A002  (the option's name)
        """Verify, and say what was compared and what differs."""
        rounds = _rounds(round)
        _wait_for_rollup(wait)
        with snapshot():
            pending = StaleUnit.objects.pending_units()
            total = Assessment.objects.filter(round__in=rounds).count()
            with tqdm(total=total, unit=" assessments", disable=None) as bar:
                findings = verify(rounds, done=bar.update)
        self._report(findings, pending)
        if findings.differing:
            sys.exit(1)

    def _report(self, findings: Findings, pending: int) -> None:
        for difference in findings.shown:
            self.stdout.write(str(difference))
        if more := findings.differing - len(findings.shown):
            self.stdout.write(f"… and {more:,} more")
        if pending:
            self.stdout.write(
                f"Units that await the roll-up: {pending:,}; differences may be theirs."
            )
        compared = ", ".join(f"{number:,} × {kind}" for kind, number in findings.compared.items())
        self.stdout.write(f"Compared: {compared or 'nothing'}.")
        self.stdout.write(f"Differences: {findings.differing:,}.")


def _rounds(codes: list[str] | None) -> QuerySet[ReportingRound]:
    rounds = ReportingRound.objects.all()
    if codes is None:
        return rounds
    if unknown := set(codes) - set(rounds.values_list("code", flat=True)):
        raise CommandError("There is no round " + ", ".join(sorted(unknown)))
    return rounds.filter(code__in=codes)


def _wait_for_rollup(seconds: float) -> None:
    until = time.monotonic() + seconds
    while StaleUnit.objects.exists() and time.monotonic() < until:
        time.sleep(PAUSE)
