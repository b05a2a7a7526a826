"""The database refuses what is entered in a closed round without its reason.

SQLite makes a table anew when Django alters it: whoever alters one of these must make its triggers
again. A test finds it out.
"""

from django.db import migrations

STANDS = "What was recorded is neither changed nor deleted."
SENTENCE = "The round is closed: what is entered in it needs its reason."
CLOSED = """
    EXISTS (
        SELECT 1 FROM criteria_assessment a
        JOIN criteria_reportinground r ON r.id = a.round_id
        WHERE a.id = {assessment} AND r.status = 'closed'
    )
"""
ANOTHERS = """
    EXISTS (
        SELECT 1 FROM criteria_lateentry late
        WHERE late.id = NEW.late_id AND late.assessment_id <> {assessment}
    )
"""
OF_VALUE = "(SELECT v.assessment_id FROM criteria_indicatorvalue v WHERE v.id = NEW.value_id)"
# Table, event, its assessment, and what else must hold for the reason to be owed.
GUARDED = [
    ("criteria_valuechange", "INSERT", OF_VALUE, "TRUE"),
    ("criteria_assessmentevent", "INSERT", "NEW.assessment_id", "NEW.to_status = 'submitted'"),
    (
        "criteria_indicatorvalue",
        "UPDATE OF number, is_not_assessed",
        "NEW.assessment_id",
        "(NEW.number IS DISTINCT FROM OLD.number OR NEW.is_not_assessed <> OLD.is_not_assessed)",
    ),
]


def installing(vendor):
    """Yield what keeps the reasons themselves as they were given."""
    if vendor == "postgresql":
        yield (
            "CREATE TRIGGER criteria_lateentry_stands BEFORE UPDATE OR DELETE "
            "ON criteria_lateentry FOR EACH ROW EXECUTE FUNCTION criteria_history_stands()"
        )
    else:
        for verb in ("update", "delete"):
            yield (
                f"CREATE TRIGGER criteria_lateentry_stands_{verb} BEFORE {verb} "
                f"ON criteria_lateentry BEGIN SELECT RAISE(ABORT, '{STANDS}'); END"
            )


def removing(vendor):
    """Yield what takes that guard away."""
    if vendor == "postgresql":
        yield "DROP TRIGGER criteria_lateentry_stands ON criteria_lateentry"
    else:
        for verb in ("update", "delete"):
            yield f"DROP TRIGGER criteria_lateentry_stands_{verb}"


def _demanding(vendor):
    for table, event, assessment, owed in GUARDED:
        name = f"{table}_late"
        refused = (
            f"({owed} AND NEW.late_id IS NULL AND {CLOSED.format(assessment=assessment)}) "
            f"OR (NEW.late_id IS NOT NULL AND {ANOTHERS.format(assessment=assessment)})"
        )
        if vendor == "sqlite":
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW "
                f"WHEN {refused.replace('IS DISTINCT FROM', 'IS NOT')} "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )
        else:
            yield (
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {refused} THEN RAISE EXCEPTION '{SENTENCE}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
            )
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )


def install(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in (*installing(vendor), *_demanding(vendor)):
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in removing(schema_editor.connection.vendor):
        schema_editor.execute(statement)
    for table, _event, _assessment, _owed in GUARDED:
        on = f" ON {table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {table}_late{on}")
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION {table}_late()")


class Migration(migrations.Migration):

    dependencies = [("criteria", "0017_what_is_entered_late_has_a_reason")]

    operations = [migrations.RunPython(install, remove, elidable=False)]
