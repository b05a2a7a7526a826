"""The statements that each work comes down to, by hand: the least a database must do for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from programme.models import CriterionTally, Summary
from programme.rollup.counters import COUNTERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from criteria.models import Assessment, IndicatorValue

SUMMARY, TALLY = Summary._meta.db_table, CriterionTally._meta.db_table
VERDICTS = ("met", "not_met", "missing", "undetermined", "not_applicable")
CHILDREN = "unit_id IN (SELECT id FROM communes_administrativeunit WHERE parent_id = %s)"
VALUE = "id, assessment_id, measure_id, number, verified_number, verdict, threshold_id, distance"
READ = (
    f"SELECT {VALUE} FROM criteria_indicatorvalue",
    "SELECT * FROM criteria_outcome",
    "SELECT outcome_id, criterion_id, verdict FROM criteria_criterionverdict",
    f"SELECT * FROM {SUMMARY}",
    f"SELECT * FROM {TALLY}",
)


@transaction.atomic
def save(value: IndicatorValue, number: Decimal, by: int) -> None:
    """Write a value, its change, its verdicts and the mark, knowing all of them beforehand."""
    now = timezone.now()
    _run(
        "UPDATE criteria_indicatorvalue SET number = %s, verdict = %s, version = version + 1, "
        "updated_at = %s, updated_by_id = %s WHERE id = %s",
        [number, value.verdict, now, by, value.pk],
    )
    _run(
        "INSERT INTO criteria_valuechange "
        "(value_id, version, old_number, new_number, channel, at, by_id) "
        "VALUES (%s, %s, %s, %s, 'form', %s, %s)",
        [value.pk, value.version + 1, value.number, number, now, by],
    )
    _run(
        "UPDATE criteria_outcome SET measures_typed = measures_typed "
        "WHERE assessment_id = %s AND basis = 'reported'",
        [value.assessment_id],
    )
    _run(
        "UPDATE criteria_criterionverdict SET verdict = verdict WHERE criterion_id = %s AND "
        "outcome_id IN (SELECT id FROM criteria_outcome WHERE assessment_id = %s)",
        [value.measure.indicator.criterion_id, value.assessment_id],
    )
    _run(
        "UPDATE criteria_assessment SET version = version + 1, updated_at = %s WHERE id = %s",
        [now, value.assessment_id],
    )
    _run(
        "INSERT INTO communes_staleunit (unit_id, since, marked_at, is_map_change) "
        "VALUES (%s, %s, %s, %s)",
        [value.assessment.unit_id, value.assessment.round.reference_date, now, False],
    )


@transaction.atomic
def roll_up(assessment: Assessment) -> None:
    """Sum each unit above the commune from its children, on both bases, and drop the mark."""
    unit = assessment.unit
    _run("SELECT * FROM criteria_outcome WHERE assessment_id = %s", [assessment.pk])
    while (parent := unit.parent) is not None:
        for basis in ("reported", "verified"):
            _sum(SUMMARY, COUNTERS, [parent.pk, assessment.round_id, basis])
            _sum_tallies([parent.pk, assessment.round_id, basis])
        unit = parent
    _run("DELETE FROM communes_staleunit", [])


def national_rows(round_id: int) -> None:
    """Read the rows of the nation and its provinces in a round, the targets and the marks."""
    shown = "(SELECT id FROM communes_administrativeunit WHERE level IN ('nation', 'province'))"
    for table in (SUMMARY, TALLY):
        _run(f"SELECT * FROM {table} WHERE round_id = %s AND unit_id IN {shown}", [round_id])
    _run(f"SELECT * FROM {SUMMARY} WHERE unit_id IN {shown}", [])
    _run("SELECT * FROM programme_target", [])
    _run("SELECT COUNT(*) FROM communes_staleunit", [])


def read_everything() -> None:
    """Read every value, outcome, verdict, summary and tally once."""
    for statement in READ:
        _run(statement, [])


def _sum(table: str, names: Sequence[str], key: list[Any]) -> None:
    sums = ", ".join(f"SUM({name})" for name in names)
    where = f"{CHILDREN} AND round_id = %s AND basis = %s"
    (row,) = _run(f"SELECT {sums} FROM {table} WHERE {where}", key)
    setters = ", ".join(f"{name} = %s" for name in names)
    own = "unit_id = %s AND round_id = %s AND basis = %s"
    _run(f"UPDATE {table} SET {setters} WHERE {own}", [*row, *key])


def _sum_tallies(key: list[Any]) -> None:
    sums = ", ".join(f"SUM({name})" for name in VERDICTS)
    where = f"{CHILDREN} AND round_id = %s AND basis = %s"
    rows = _run(
        f"SELECT {sums}, criterion_id FROM {TALLY} WHERE {where} GROUP BY criterion_id",
        key,
    )
    setters = ", ".join(f"{name} = %s" for name in VERDICTS)
    own = "criterion_id = %s AND unit_id = %s AND round_id = %s AND basis = %s"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {TALLY} SET {setters} WHERE {own}",
            [[*row, *key] for row in rows],
        )


# What a row holds depends on the statement, hence Any.
def _run(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
