"""Collects every text for people, so that none stays without its Vietnamese; for development."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOMS = ("ntm_portal", "communes", "criteria", "ocop", "cooperatives", "programme", "templates")
UNDATED = datetime(2020, 1, 1, tzinfo=UTC)  # a true date would change the files each time
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def po_path() -> Path:
    """Return the place of the Vietnamese texts."""
    return Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES" / "django.po"


def collected() -> Catalog:
    """Return every text marked for translation, with the files it stands in."""
    catalog = Catalog(locale="vi", project="NTM Portal", fuzzy=False, header_comment="")
    catalog.creation_date = catalog.revision_date = UNDATED
    for path in _sources():
        where = str(path.relative_to(settings.BASE_DIR))
        text = path.read_text(encoding="utf-8")
        source = text if path.suffix == ".py" else f"({templatize(text, origin=where)}\n)"
        for line, message, _comments, context in extract(
            "python", BytesIO(source.encode()), keywords=KEYWORDS
        ):
            catalog.add(message, locations=[(where, line)], context=context)
    return catalog


def stored() -> Catalog:
    """Return the Vietnamese texts as they are committed."""
    if not po_path().exists():
        return Catalog(locale="vi")
    with po_path().open("rb") as file:
        return read_po(file, locale="vi")


def written(catalog: Catalog) -> tuple[bytes, bytes]:
    """Return the texts as the two files that are committed: for people, and for the portal."""
    for_people, for_portal = BytesIO(), BytesIO()
    write_po(
        for_people,
        catalog,
        width=100,
        omit_header=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    write_mo(for_portal, catalog)
    return for_people.getvalue(), for_portal.getvalue()


def merged() -> Catalog:
    """Return what is collected now with the Vietnamese there is, none guessed."""
    catalog, known = collected(), stored()
    for message in catalog:
        translation = known.get(message.id, context=message.context) if message.id else None
        if translation is not None:
            message.string = translation.string
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    """Return the texts of `catalog` that have no Vietnamese."""
    return [str(item.id) for item in catalog if item.id and not any(forms(item.string))]


def forms(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Return the singular and plural forms there are of a message."""
    return [string] if isinstance(string, str) else list(string or ())


def _sources() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((Path(settings.BASE_DIR) / room).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path
