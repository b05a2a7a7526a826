"""The database refuses to change the figures of a round that is published under a hash.

Values, verdicts, outcomes and the state of assessments never; summaries and tallies only while the
roll-up, which holds the one row of its state, counts that round anew on a better known map.
"""

from django.db import migrations

FROZEN = """
    EXISTS (
        SELECT 1 FROM criteria_reportinground frozen
        JOIN programme_publication publication ON publication.round_id = frozen.id
        WHERE frozen.id = {round} AND frozen.status = 'published'
    )
"""
COUNTED_ANEW = " AND NOT EXISTS (SELECT 1 FROM programme_rollupstate WHERE recounting_id = {round})"
OF_ASSESSMENT = "(SELECT round_id FROM criteria_assessment WHERE id = {row}.assessment_id)"
OF_OUTCOME = (
    "(SELECT a.round_id FROM criteria_assessment a JOIN criteria_outcome o "
    "ON o.assessment_id = a.id WHERE o.id = {row}.outcome_id)"
)
# Table, the round of a row, the columns that are figures (all where none is named), and whether
# the roll-up may count anew.
GUARDED = [
    ("criteria_assessment", "{row}.round_id", "round_id, criteria_set_id, status", False),
    (
        "criteria_indicatorvalue",
        OF_ASSESSMENT,
        "assessment_id, measure_id, number, verified_number, is_not_assessed, "
        "verified_is_not_assessed, verdict, threshold_id, distance",
        False,
    ),
    ("criteria_outcome", OF_ASSESSMENT, "", False),
    ("criteria_criterionverdict", OF_OUTCOME, "", False),
    ("programme_summary", "{row}.round_id", "", True),
    ("programme_criteriontally", "{row}.round_id", "", True),
]
SENTENCE = "The figures of a published round are frozen."


def _statements(vendor):
    for table, of_round, columns, is_counted in GUARDED:
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            name = f"guard_{table}_{verb.lower()}"
            event = f"UPDATE OF {columns}" if verb == "UPDATE" and columns else verb
            condition = (FROZEN + (COUNTED_ANEW if is_counted else "")).format(
                round=of_round.format(row=row)
            )
            if vendor == "sqlite":
                yield (
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW "
                    f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
                )
            else:  # there a condition may not ask other tables: the function does
                yield (
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                    f"IF {condition} THEN RAISE EXCEPTION '{SENTENCE}' "
                    f"USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                    f"RETURN {row if verb == 'DELETE' else 'NEW'}; END $$"
                )
                yield (
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {name}()"
                )


def install(apps, schema_editor):
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table, *_more in GUARDED:
        for verb in ("insert", "update", "delete"):
            name = f"guard_{table}_{verb}"
            on = f" ON {table}" if is_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER {name}{on}")
            if is_postgresql:
                schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):

    dependencies = [
        ("programme", "0008_publications_are_kept_under_a_hash"),
        ("criteria", "0016_assessments_know_where_they_come_from"),
    ]

    operations = [migrations.RunPython(install, remove, elidable=False)]
