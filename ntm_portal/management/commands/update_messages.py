"""`manage.py update_messages`: bring the Vietnamese texts up to date with the source."""

from __future__ import annotations

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Collect every text, keep the Vietnamese there is, write the .po and .mo files."""

    help = "Collects every text for people into locale/vi and lists those without Vietnamese."

    def handle(self, **options: object) -> None:
        """Write both files and name what is still to be translated."""
        from ntm_portal import messages  # noqa: PLC0415  (Babel is a development dependency)

        catalog = messages.merged()
        for_people, for_portal = messages.written(catalog)
        messages.po_path().parent.mkdir(parents=True, exist_ok=True)
        messages.po_path().write_bytes(for_people)
        messages.po_path().with_suffix(".mo").write_bytes(for_portal)
        for text in messages.untranslated(catalog):
            self.stdout.write(f"without Vietnamese: {text}")
