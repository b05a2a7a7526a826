"""What the law of recognition says, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from criteria.recognition.rules import authorities

if TYPE_CHECKING:
    from criteria.models import Recognition
    from criteria.recognition.conditions import Finding


class Worded(Protocol):
    """A part of the law with its Vietnamese words and its English ones."""

    @property
    def name(self) -> str:
        """Return the Vietnamese words."""

    @property
    def name_en(self) -> str:
        """Return the English words."""


def label(worded: Worded) -> str:
    """Return the words in the reader's language."""
    return worded.name_en if worded.name_en and get_language() == "en" else worded.name


def authority_label(level: str, unit: str = "") -> str:
    """Name who decides at a level; without a unit, of whichever unit it is."""
    generic = {"province": _("the province"), "district": _("the district")}
    found = authorities().get(level)
    return label(found).format(unit=unit or generic.get(level, "")) if found else ""


def official_authority(level: str, unit: str) -> str:
    """Return who decides as the decision itself prints it, in Vietnamese: UBND tỉnh Kon Tum."""
    return authorities()[level].name.format(unit=unit[:1].lower() + unit[1:])


def signed_by(recognition: Recognition) -> str:
    """Name who decided; in English the office of the level, where the level is known."""
    if get_language() == "en" and recognition.authority_level:
        return authority_label(recognition.authority_level)
    return recognition.authority


def found_label(finding: Finding) -> str:
    """Name a condition, with how far it is where that is a number."""
    if not finding.total:
        return label(finding.provision)
    words = {
        "name": label(finding.provision),
        "holding": finding.holding,
        "total": finding.total,
    }
    return _("%(name)s (%(holding)s of %(total)s)") % words
