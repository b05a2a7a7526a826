"""Finds the unit that somebody names by code or by name, among those within her reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.text import alphabetical

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

MOST_NAMED = 8


def find_commune(text: str, day: date, paths: Iterable[str]) -> AdministrativeUnit:
    """Return the commune, ward or township so called, as it was on `day`, else as it last was."""
    text = text.strip()
    level = AdministrativeUnit.Level.COMMUNE
    reach = AdministrativeUnit.objects.within(paths).filter(level=level).order_by("path")
    is_exact = Q(code=text) | Q(name__iexact=text) | Q(short_name__iexact=text)
    found = list(reach.on(day).filter(is_exact)) or list(reach.on(day).named(text)[:MOST_NAMED])
    if len(found) == 1:
        return found[0]
    if found:
        sentence = _("Several units are called so: %(names)s. Type the code.")
        names = ", ".join(f"{unit.label} ({unit.code})" for unit in found[:MOST_NAMED])
        raise DomainError(sentence % {"names": names}, code="commune")
    if former := reach.filter(is_exact).last():
        return former
    raise DomainError(_("No unit in your area has this code or name."), code="commune")


def province_choices(paths: Iterable[str], day: date) -> list[tuple[str, str]]:
    """Return code and name of the provinces to choose from, as they are called on the day."""
    units = AdministrativeUnit.objects.within(paths).on(day).order_by()
    nation = AdministrativeUnit.objects.filter(parent=None)
    # What lies in the nation is found by an index; the level is asked for all the same.
    below = units.filter(parent__in=nation, level=AdministrativeUnit.Level.PROVINCE)
    is_english = get_language() == "en"
    named = below.values_list("code", "name", "name_en", "short_name")
    choices = [
        (code, name_en if is_english and name_en else short_name or name)
        for code, name, name_en, short_name in named
    ]
    return sorted(choices, key=lambda choice: alphabetical(choice[1]))
