"""What was recorded before counts as verified, and is found without tone marks."""

from django.db import migrations

from ntm_portal.lib.text import fold


def fill(apps, _editor):
    Cooperative = apps.get_model("cooperatives", "Cooperative")
    rows = list(Cooperative.objects.only("pk", "name"))
    for row in rows:
        row.search_name = fold(row.name)
    Cooperative.objects.bulk_update(rows, ["search_name"], batch_size=500)
    apps.get_model("cooperatives", "YearlyReturn").objects.update(status="verified")


class Migration(migrations.Migration):

    dependencies = [("cooperatives", "0002_registers")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
