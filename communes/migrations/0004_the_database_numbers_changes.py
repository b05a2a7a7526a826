"""The database numbers the ledger of changes, in the order of the commits and without a gap.

PostgreSQL: a trigger deferred to the commit locks the counter, last of all locks, and numbers what
the transaction wrote. Whoever gets the counter next finds the numbers before his own committed, so
nobody who reads the ledger meets a number that is lower than one he has seen.
SQLite: there is one writer at a time, so a row can be numbered as it is written.
"""

from django.db import migrations

POSTGRESQL = [
    # Committed rows are numbered and those of others unseen: what has no number is our own.
    """
    CREATE FUNCTION communes_number_changes() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        many bigint;
        ending bigint;
    BEGIN
        PERFORM 1 FROM communes_change WHERE id = NEW.id AND seq IS NULL;
        IF NOT FOUND THEN
            RETURN NULL;  -- gone, or numbered together with the first row of the transaction
        END IF;
        SELECT count(*) INTO many FROM communes_change WHERE seq IS NULL;
        INSERT INTO communes_changecounter AS counter (id, last) VALUES (1, many)
            ON CONFLICT (id) DO UPDATE SET last = counter.last + many
            RETURNING last INTO ending;
        UPDATE communes_change AS change SET seq = ending - many + numbered.place
            FROM (
                SELECT id, row_number() OVER (ORDER BY id) AS place
                FROM communes_change WHERE seq IS NULL
            ) AS numbered
            WHERE change.id = numbered.id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER communes_number_changes AFTER INSERT ON communes_change
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION communes_number_changes()
    """,
]
# Django makes a table of SQLite anew when it alters it: whoever alters this one must make the
# trigger again.
SQLITE = [
    """
    CREATE TRIGGER communes_number_changes AFTER INSERT ON communes_change
    FOR EACH ROW WHEN NEW.seq IS NULL
    BEGIN
        INSERT INTO communes_changecounter (id, last) VALUES (1, 1)
            ON CONFLICT (id) DO UPDATE SET last = last + 1;
        UPDATE communes_change SET seq = (SELECT last FROM communes_changecounter WHERE id = 1)
            WHERE id = NEW.id;
    END
    """,
]
STATEMENTS = {"postgresql": POSTGRESQL, "sqlite": SQLITE}


def install(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(
        "DROP TRIGGER communes_number_changes" + (" ON communes_change" if is_postgresql else "")
    )
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION communes_number_changes()")


class Migration(migrations.Migration):

    dependencies = [("communes", "0003_changes_have_a_ledger")]

    operations = [migrations.RunPython(install, remove, elidable=False)]
