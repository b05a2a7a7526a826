"""What was recorded before is found without tone marks; its stars follow from its total."""

from django.db import migrations
from django.db.models import Case, F, Q, Value, When

from ntm_portal.lib.text import fold

# In every scheme there was until then.
BANDS = [(90, 5), (70, 4), (50, 3), (30, 2), (0, 1)]


def fill(apps, _editor):
    for name in ("Producer", "Product"):
        model = apps.get_model("ocop", name)
        rows = list(model.objects.only("pk", "name"))
        for row in rows:
            row.search_name = fold(row.name)
        model.objects.bulk_update(rows, ["search_name"], batch_size=500)
    Evaluation = apps.get_model("ocop", "Evaluation")
    band = Case(*(When(total__gte=least, then=Value(stars)) for least, stars in BANDS))
    Evaluation.objects.filter(total__isnull=False).update(mean=F("total"), band=band)
    Evaluation.objects.filter(band__isnull=False).update(
        stars=Case(When(Q(minimum_met=True), then=F("band")), default=Value(0))
    )


class Migration(migrations.Migration):

    dependencies = [("ocop", "0002_registers")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
