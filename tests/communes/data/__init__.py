"""Where the lists lie that the shipped map is compared with, if they are here."""

from pathlib import Path

from django.conf import settings

REFERENCE = Path(settings.BASE_DIR).parent / "shared" / "domain" / "units"
