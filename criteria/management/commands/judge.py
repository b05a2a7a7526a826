"""`manage.py judge CASES.csv`: cases of strangers judged by the law, and nothing stored."""

from __future__ import annotations

import csv
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from criteria.loading.at_hand import law_at_hand
from criteria.scoring.cases import ANSWER_COLUMNS, CaseFileError, judge_cases

if TYPE_CHECKING:
    from argparse import ArgumentParser

FAULTY = 2


class Command(BaseCommand):
    """Judge a table of cases; its format is described in docs/judge.md."""

    help = (
        "Judges the cases in CASES.csv (- for the standard input) without storing them, and "
        "writes a row for each case and indicator. A file with faults is refused whole."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether whole criteria are to be judged."""
        parser.add_argument("cases", metavar="CASES.csv")
        parser.add_argument(
            "--criteria",
            action="store_true",
            help="add the verdicts on whole criteria and on the set, what is not typed as missing",
        )

    def handle(self, *, cases: str, criteria: bool, **options: object) -> None:
        """Judge the cases and write the answers."""
        try:
            rows = judge_cases(_text(cases), law_at_hand(), with_criteria=criteria)
        except CaseFileError as error:
            message = f"{cases}:\n{error}"
            raise CommandError(message, returncode=FAULTY) from error
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(ANSWER_COLUMNS)
        writer.writerows(rows)


def _text(cases: str) -> str:
    try:
        content = sys.stdin.buffer.read() if cases == "-" else Path(cases).read_bytes()
        return content.decode("utf-8")
    except OSError as error:
        message = f"{cases}: cannot be read: {error.strerror}"
        raise CommandError(message, returncode=FAULTY) from error
    except UnicodeDecodeError as error:
        message = f"{cases}:\n{_where(content, error.start)}: not UTF-8: {error.reason}"
        raise CommandError(message, returncode=FAULTY) from error


def _where(content: bytes, position: int) -> str:
    """Return the line and column of the first byte that is no text."""
    lines = content[:position].splitlines(keepends=True) or [b""]
    ended = lines[-1].endswith((b"\r", b"\n"))
    cells = [] if ended else next(csv.reader([lines[-1].decode("utf-8")]), [])
    return f"line {len(lines) + ended}, column {max(1, len(cells))}"
