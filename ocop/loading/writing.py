"""Writes what a file held: new law beside the old, never in its place."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ocop.grading.soundness import Fault, faults_of
from ocop.loading.reading import Faulty, FoundScheme
from ocop.loading.wording import sentence
from ocop.models import LoadedScheme, ScoreSheet
from ocop.rulebooks import known_schemes, scheme_of
from ocop.sheets import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ocop.grading import Scheme
    from ocop.loading.reading import Found, FoundSheet


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one thing in the file, and why it judges nothing if it does not."""

    name: str
    state: str  # new, unchanged, faulty
    is_sound: bool
    reasons: tuple[str, ...] = ()


@transaction.atomic
def store(found: Iterable[Found]) -> list[Outcome]:
    """Write schemes, then sheets; whoever tries it out rolls back around it."""
    items = list(found)
    outcomes = [_scheme(item) for item in items if isinstance(item, FoundScheme)]
    known = {scheme.code: scheme for scheme in known_schemes()}
    for item in items:
        if isinstance(item, Faulty):
            outcomes.append(Outcome(item.where, "faulty", is_sound=False, reasons=(item.why,)))
        elif not isinstance(item, FoundScheme):
            outcomes.append(_sheet(item, known.get(item.scheme_code)))
    return outcomes


def _scheme(item: FoundScheme) -> Outcome:
    scheme_of(item.body)  # what cannot be read back is never written
    digest = _digest(item.body)
    stored = LoadedScheme.objects.filter(code=item.code).first()
    if stored is not None and stored.digest == digest:
        return Outcome(item.code, "unchanged", is_sound=True)
    LoadedScheme.objects.update_or_create(
        code=item.code, defaults={"body": item.body, "digest": digest}
    )
    return Outcome(item.code, "new", is_sound=True)


def _sheet(item: FoundSheet, scheme: Scheme | None) -> Outcome:
    row = ScoreSheet(
        scheme_code=item.scheme_code,
        name=item.name,
        number=item.number,
        group=item.group,
        subgroup=item.subgroup,
        source=item.source,
        body=item.body,
        digest=_digest(item.body),
    )
    faults = list(_faults(row, scheme))
    reasons = tuple(map(sentence, faults))
    row.is_sound, row.faults = not faults, [_stored(fault) for fault in faults]
    name = f"{item.scheme_code} · {item.name}"
    current = ScoreSheet.objects.filter(
        scheme_code=item.scheme_code, name=item.name, is_current=True
    ).first()
    if current is not None:
        if current.digest == row.digest and current.is_sound == row.is_sound:
            return Outcome(name, "unchanged", row.is_sound, reasons)
        current.is_current = False
        current.save(update_fields=["is_current"])
        row.version = current.version + 1
    row.save()
    return Outcome(name, "new", row.is_sound, reasons)


def _faults(row: ScoreSheet, scheme: Scheme | None) -> Iterator[Fault]:
    if scheme is None:
        yield Fault("unknown-scheme", row.scheme_code)
        return
    yield from faults_of(sheet_of(row), scheme.parts)


def _stored(fault: Fault) -> dict[str, str]:
    numbers = {"found": fault.found, "expected": fault.expected}
    said = {key: str(value) for key, value in numbers.items() if value is not None}
    return {"code": fault.code, "where": fault.where, **said}


def _digest(body: dict[str, Any]) -> str:  # JSON
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
