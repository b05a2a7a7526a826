"""The database refuses to change or delete what was recorded: changes, steps, notes.

SQLite makes a table anew when Django alters it: whoever alters one of these must make its triggers
again. A test finds it out.
"""

from django.db import migrations

TABLES = (
    "criteria_valuechange",
    "criteria_assessmentevent",
    "criteria_roundevent",
    "criteria_valuenote",
)
SENTENCE = "What was recorded is neither changed nor deleted."
FUNCTION = f"""
    CREATE FUNCTION criteria_history_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""


def installing(vendor):
    """Return the statements that put the guard up."""
    if vendor == "postgresql":
        yield FUNCTION
    for table in TABLES:
        if vendor == "postgresql":
            yield (
                f"CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION criteria_history_stands()"
            )
            continue
        for verb in ("update", "delete"):
            yield (
                f"CREATE TRIGGER {table}_stands_{verb} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )


def removing(vendor):
    """Return the statements that take the guard down."""
    for table in TABLES:
        if vendor == "postgresql":
            yield f"DROP TRIGGER {table}_stands ON {table}"
            continue
        for verb in ("update", "delete"):
            yield f"DROP TRIGGER {table}_stands_{verb}"
    if vendor == "postgresql":
        yield "DROP FUNCTION criteria_history_stands()"


def install(apps, schema_editor):
    for statement in installing(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    for statement in removing(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [("criteria", "0013_values_come_from_kept_files")]

    operations = [migrations.RunPython(install, remove, elidable=False)]
