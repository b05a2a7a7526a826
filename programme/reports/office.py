"""Who reports: what stands at the head and the foot, in the form that NĐ 30/2020/NĐ-CP asks for.

Names of authorities change by decree: what is proposed here may be written over when the report is
asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit
from programme.reports.document import Letterhead, Signature
from programme.reports.words import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Level = AdministrativeUnit.Level
NUMBER = "…/BC-VPĐP"  # the sign of a report; its number is given by the registry


@dataclass(frozen=True, slots=True)
class Office:
    """What is written over and under a report, as far as somebody said so."""

    superior: str
    authority: str
    number: str
    place: str
    office: str
    name: str
    signed_on: date | None = None

    def as_json(self) -> dict[str, str]:
        """Return it for the arguments of a job."""
        fields = ("superior", "authority", "number", "place", "office", "name")
        day = self.signed_on.isoformat() if self.signed_on else ""
        return {**{name: getattr(self, name) for name in fields}, "signed_on": day}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Office:  # texts, from JSON
        """Read it back."""
        texts = {name: str(value) for name, value in said.items() if name != "signed_on"}
        day = date.fromisoformat(said["signed_on"]) if said.get("signed_on") else None
        return cls(**texts, signed_on=day)


def proposed(unit: AdministrativeUnit) -> Office:
    """Return what is usual for the office that reports on a unit."""
    if unit.level == Level.NATION:
        return Office(
            superior=_("Central Steering Committee of the National Target Programmes"),
            authority=_("Central Office for Coordinating New Rural Development"),
            number=NUMBER,
            place=_("Ha Noi"),
            office=_("Chief of the office"),
            name="",
        )
    return Office(
        superior=_("People's Committee of %(unit)s") % {"unit": name_of(unit)},
        authority=_("Office for Coordinating New Rural Development"),
        number=NUMBER,
        place=unit.short_label,
        office=_("Chief of the office"),
        name="",
    )


def letterhead(office: Office) -> Letterhead:
    """Return the head of the report."""
    return Letterhead(
        office.superior, office.authority, office.number, office.place, office.signed_on
    )


def signature(office: Office, unit: AdministrativeUnit) -> Signature:
    """Return the foot of the report."""
    above = (
        _("The Prime Minister (to report)")
        if unit.level == Level.NATION
        else _("The office for coordination above (to report)")
    )
    recipients = (above, _("The steering committee"), _("Kept: records"))
    return Signature(office.office, office.name, recipients)
