"""The database refuses a new value in a closed round without its reason, as it does a changed one.

A value that stands is written over by inserting it again: what happens to it then, the guard of
changes says (0018).

SQLite makes a table anew when Django alters it: whoever alters it must make its triggers again. A
test finds it out.
"""

from django.db import migrations

NAME = "criteria_indicatorvalue_late_new"
TABLE = "criteria_indicatorvalue"
SENTENCE = "The round is closed: what is entered in it needs its reason."
REFUSED = """
    NEW.late_id IS NULL AND (NEW.number IS NOT NULL OR NEW.is_not_assessed)
    AND EXISTS (
        SELECT 1 FROM criteria_assessment a
        JOIN criteria_reportinground r ON r.id = a.round_id
        WHERE a.id = NEW.assessment_id AND r.status = 'closed'
    )
    AND NOT EXISTS (
        SELECT 1 FROM criteria_indicatorvalue stands
        WHERE stands.assessment_id = NEW.assessment_id AND stands.measure_id = NEW.measure_id
    )
"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE INSERT ON {TABLE} FOR EACH ROW WHEN {REFUSED} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
            params=None,
        )
        return
    schema_editor.execute(
        f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {REFUSED} THEN RAISE EXCEPTION '{SENTENCE}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        params=None,
    )
    schema_editor.execute(
        f"CREATE TRIGGER {NAME} BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()"
    )


def remove(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(f"DROP TRIGGER {NAME}{f' ON {TABLE}' if is_postgresql else ''}")
    if is_postgresql:
        schema_editor.execute(f"DROP FUNCTION {NAME}()")


class Migration(migrations.Migration):

    dependencies = [("criteria", "0018_late_entries_are_guarded")]

    operations = [migrations.RunPython(install, remove, elidable=False)]
