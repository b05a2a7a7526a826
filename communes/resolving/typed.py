"""From what an administrator types to what the resolution says, with a sentence for each fault."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from communes.list_files import KIND_BY_WORD
from communes.models import AdministrativeUnit
from communes.resolving.acts import Act, Became, Kind
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

CODE = re.compile(r"[0-9A-Z]{1,10}")
MOST_NAMED = 8
Unit = AdministrativeUnit


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the form, those that a kind does not ask for empty."""

    kind: str
    day: date
    legal_ref: str
    units: str
    became: str = ""
    parent: str = ""


def read_act(typed: Typed) -> Act:
    """Return what the resolution says; refuse, at its field, what the map of its day denies."""
    return READ[typed.kind](typed)


def _merge(typed: Typed) -> Act:
    units = _named_units(typed.units, typed.day)
    (line,) = _lines(typed.became, exactly=1)
    if len(units) < 2 and line.code == units[0].code:
        raise DomainError(_("A unit cannot merge with itself: name at least two."), code="units")
    parent = _parent(typed, units)
    became = _became(line, units, typed.day, parent)
    held = _held_by([unit for unit in units if unit.code != became.code], typed.day)
    became = replace(became, holds=tuple(sorted(held)))
    return _act(typed, units, [became])


def _split(typed: Typed) -> Act:
    units = _named_units(typed.units, typed.day, exactly_one=True)
    lines = _lines(typed.became)
    if len({line.code for line in lines}) < 2:
        raise DomainError(_("Name at least two units, one on each line."), code="became")
    parent = _parent(typed, units)
    became = [_became(line, units, typed.day, parent) for line in lines]
    _require_all_placed(units[0], became, typed.day)
    return _act(typed, units, became)


def _rename(typed: Typed) -> Act:
    (unit,) = _named_units(typed.units, typed.day, exactly_one=True)
    name, kind = _name(typed.became.strip(), unit.level)
    if kind != unit.kind:
        sentence = _("The name begins with the word of another kind: enter a change of kind.")
        raise DomainError(sentence, code="became")
    if name == unit.name:
        raise DomainError(_("The unit is called so already."), code="became")
    return _act(typed, [unit], [Became(unit.code, name)])


def _kind(typed: Typed) -> Act:
    (unit,) = _named_units(typed.units, typed.day, exactly_one=True)
    name, kind = _name(typed.became.strip(), unit.level)
    if kind == unit.kind:
        sentence = _("The name begins with the word of the kind that the unit has already.")
        raise DomainError(sentence, code="became")
    return _act(typed, [unit], [Became(unit.code, name, kind=kind)])


def _transfer(typed: Typed) -> Act:
    units = _named_units(typed.units, typed.day)
    parent = _parent(typed, units)
    if parent is None:
        raise DomainError(_("Name the unit in which they lie from then on."), code="parent")
    if parent.code in {unit.code for unit in units} or any(
        parent.path.startswith(unit.path) for unit in units
    ):
        raise DomainError(_("A unit cannot lie in itself."), code="parent")
    if all(unit.parent_id == parent.pk for unit in units):
        raise DomainError(_("They lie in this unit already."), code="parent")
    region = parent.region.code if parent.region else ""
    became = [Became(unit.code, parent_code=parent.code, region_code=region) for unit in units]
    moved = {unit.region_id for unit in units} != {parent.region_id}
    below = Unit.objects.on(typed.day).within([unit.path for unit in units]) if moved else ()
    named = {unit.code for unit in units}
    became += [Became(unit.code, region_code=region) for unit in below if unit.code not in named]
    return _act(typed, units, became)


def _dissolve(typed: Typed) -> Act:
    units = _named_units(typed.units, typed.day, exactly_one=True)
    lines = _lines(typed.became)
    became = [_existing(line.code, typed.day) for line in lines]
    if units[0].code in {unit.code for unit in became}:
        raise DomainError(_("A unit that is dissolved does not go on itself."), code="became")
    held = tuple(sorted(_held_by(units, typed.day)))
    if held and len(became) > 1:
        sentence = _("Other units lie in it: enter first to which unit each of them goes.")
        raise DomainError(sentence, code="units")
    return _act(typed, units, [replace(became[0], holds=held), *became[1:]])


def _explain(typed: Typed) -> Act:
    code = typed.units.strip().split()[0] if typed.units.strip() else ""
    unit = Unit.objects.filter(code=code, is_unresolved=True).order_by("-valid_to").first()
    if unit is None:
        raise DomainError(_("No unit with this code is unresolved."), code="units")
    became = [_existing(line.code, typed.day) for line in _lines(typed.became)]
    return Act(Kind.EXPLAIN, typed.day, typed.legal_ref, (unit.code,), tuple(became))


READ: dict[str, Callable[[Typed], Act]] = {
    Kind.MERGE: _merge,
    Kind.SPLIT: _split,
    Kind.RENAME: _rename,
    Kind.TRANSFER: _transfer,
    Kind.KIND: _kind,
    Kind.DISSOLVE: _dissolve,
    Kind.EXPLAIN: _explain,
}


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: code; name; codes of the units that lie in it."""

    code: str
    name: str
    holds: tuple[str, ...]


def _lines(text: str, *, exactly: int = 0) -> list[_Line]:
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        code, name, holds = (*(cell.strip() for cell in line.split(";", 2)), "", "")[:3]
        if not CODE.fullmatch(code):
            sentence = _(
                "“%(line)s”: write the official code first, then a semicolon and the name."
            )
            raise DomainError(sentence % {"line": line.strip()}, code="became")
        found.append(_Line(code, name, tuple(re.findall(r"[0-9A-Z]+", holds))))
    if not found or (exactly and len(found) != exactly):
        raise DomainError(_("Write code and name on one line."), code="became")
    return found


def _named_units(text: str, day: date, *, exactly_one: bool = False) -> list[AdministrativeUnit]:
    """Return the units of the day that the lines name, all of one level."""
    found = [_unit(line.strip(), day, "units") for line in text.splitlines() if line.strip()]
    if not found or (exactly_one and len(found) != 1):
        raise DomainError(_("Name one unit, by code or name."), code="units")
    if len({unit.pk for unit in found}) != len(found):
        raise DomainError(_("One unit is named twice."), code="units")
    if len({unit.level for unit in found}) > 1:
        raise DomainError(_("The units are not of one level."), code="units")
    if found[0].level == Unit.Level.NATION:
        raise DomainError(_("The nation is not changed by a resolution."), code="units")
    return found


def _unit(text: str, day: date, field: str) -> AdministrativeUnit:
    """Return the unit of the day with this code, or name."""
    words = text.split(";", maxsplit=1)[0].split()
    units = Unit.objects.on(day).select_related("parent", "region").order_by("path")
    if words and CODE.fullmatch(words[0]) and any(sign.isdigit() for sign in words[0]):
        found = list(units.filter(code=words[0]))
    else:
        found = list(units.filter(Q(name__iexact=text) | Q(short_name__iexact=text))[:MOST_NAMED])
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{unit.label} ({unit.code})" for unit in found)
        sentence = _("Several units are called so: %(names)s. Type the code.")
        raise DomainError(sentence % {"names": names}, code=field)
    sentence = _("No unit of the map of that day is called “%(text)s” or has this code.")
    raise DomainError(sentence % {"text": text}, code=field)


def _existing(code: str, day: date) -> Became:
    return Became(_unit(code, day, "became").code)


def _parent(typed: Typed, units: Sequence[AdministrativeUnit]) -> AdministrativeUnit | None:
    """Return the unit above that was named, or in which all the units lie."""
    if typed.parent.strip():
        return _unit(typed.parent.strip(), typed.day, "parent")
    above = {unit.parent_id: unit.parent for unit in units}
    if typed.kind == Kind.TRANSFER:
        return None
    if len(above) > 1:
        sentence = _("They lie in different units: name the one in which the new unit lies.")
        raise DomainError(sentence, code="parent")
    return units[0].parent


def _became(
    line: _Line,
    units: Sequence[AdministrativeUnit],
    day: date,
    parent: AdministrativeUnit | None,
) -> Became:
    """Return one unit after the resolution: one of those it changes, a neighbour, or a new one."""
    going_on = next((unit for unit in units if unit.code == line.code), None)
    there = going_on or Unit.objects.on(day).filter(code=line.code).first()
    if there and not going_on and line.name and line.name != there.name:
        sentence = _("Code %(code)s belongs to %(name)s: a new unit needs a code of its own.")
        words = {"code": line.code, "name": there.label}
        raise DomainError(sentence % words, code="became")
    if there and not line.name:
        return Became(line.code, holds=line.holds)
    name, kind = _name(line.name, units[0].level)
    if there and not going_on:
        return Became(line.code, holds=line.holds)
    return Became(
        line.code,
        name,
        kind=kind,
        level=units[0].level,
        parent_code=parent.code if parent else "",
        region_code=parent.region.code if parent and parent.region else "",
        holds=line.holds,
    )


def _name(text: str, level: str) -> tuple[str, str]:
    """Return a name and the kind whose word it begins with."""
    name = " ".join(text.split())
    for (of, word), kind in KIND_BY_WORD.items():
        if of == level and name.lower().startswith(f"{word} "):
            return name, kind
    words = ", ".join(word for of, word in KIND_BY_WORD if of == level)
    sentence = _("A name begins with the word of the unit's kind: %(words)s.")
    raise DomainError(sentence % {"words": words}, code="became")


def _held_by(units: Iterable[AdministrativeUnit], day: date) -> set[str]:
    """Return the codes of what lies directly in the units on the day."""
    above = [unit.pk for unit in units]
    return set(Unit.objects.on(day).filter(parent__in=above).values_list("code", flat=True))


def _require_all_placed(unit: AdministrativeUnit, became: Sequence[Became], day: date) -> None:
    """Refuse a division after which a unit would lie nowhere, or in two units."""
    held = _held_by([unit], day)
    named = [code for part in became for code in part.holds]
    goes_on = any(part.code == unit.code for part in became)
    if not goes_on and (lost := held - set(named)):
        sentence = _("Say after a second semicolon in which of them these lie: %(codes)s.")
        raise DomainError(sentence % {"codes": " ".join(sorted(lost))}, code="became")
    if strangers := set(named) - held:
        sentence = _("These do not lie in the unit that is divided: %(codes)s.")
        raise DomainError(sentence % {"codes": " ".join(sorted(strangers))}, code="became")
    if len(named) != len(set(named)):
        raise DomainError(_("A unit would lie in two units."), code="became")


def _act(typed: Typed, units: Sequence[AdministrativeUnit], became: Sequence[Became]) -> Act:
    codes = tuple(unit.code for unit in units)
    return Act(typed.kind, typed.day, typed.legal_ref, codes, tuple(became))
