"""The sheets of the assessors: every item answered, none above its maximum, the sum right."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.numbers import format_decimal
from ocop.models import AssessorSheet
from ocop.rulebooks import scheme_coded
from ocop.services.evaluations import require_open
from ocop.services.steps import Kind, hold_evaluation, record
from ocop.sheets import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ntm_portal.accounts.models import User
    from ocop.models import Evaluation


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One assessor's points, by item or by part; a total that is stated has to be their sum."""

    assessor: str
    points: Mapping[str, Decimal]
    total: Decimal | None = None
    note: str = ""
    choices: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """An item or a part that points are given for; without `allowed` anything up to `most`."""

    code: str
    name: str
    most: Decimal
    allowed: frozenset[Decimal] | None


@transaction.atomic
def save_sheet(
    evaluation_id: int, entry: SheetEntry, *, by: User, pk: int | None = None
) -> AssessorSheet:
    """Save the sheet of an assessor; `pk` says which one is changed."""
    evaluation = hold_evaluation(evaluation_id, by=by)
    require_open(evaluation)
    assessor = " ".join(entry.assessor.split())
    if not assessor:
        raise DomainError(_("Name the assessor."), code="assessor-required")
    if evaluation.sheets.filter(assessor=assessor).exclude(pk=pk or 0).exists():
        sentence = _("This assessor has a sheet here already.")
        raise DomainError(sentence, code="assessor-taken")
    for objection in objections(evaluation, entry):
        raise objection
    row = evaluation.sheets.get(pk=pk) if pk else AssessorSheet(evaluation=evaluation)
    before = str(row.total) if pk else ""
    row.assessor, row.note, row.entered_by = assessor, entry.note.strip(), by
    row.points = {code: str(points) for code, points in entry.points.items()}
    row.choices = dict(entry.choices)
    row.total = sum(entry.points.values(), start=Decimal(0))
    row.save()
    said = {"total": [before, str(row.total)]}
    record(evaluation.product, Kind.SHEET_SAVED, by=by, changes=said, reason=assessor)
    return row


@transaction.atomic
def remove_sheet(evaluation_id: int, pk: int, *, by: User) -> None:
    """Take a sheet away again; the history keeps its total."""
    evaluation = hold_evaluation(evaluation_id, by=by)
    require_open(evaluation)
    row = evaluation.sheets.get(pk=pk)
    said = {"total": [str(row.total), ""]}
    record(evaluation.product, Kind.SHEET_SAVED, by=by, changes=said, reason=row.assessor)
    row.delete()


def asked_of(evaluation: Evaluation) -> list[Asked]:
    """Return what an assessor has to give points for: items, or parts where there is no sheet."""
    if evaluation.sheet is not None:
        items = sheet_of(evaluation.sheet).items
        return [Asked(item.code, item.name, item.most, item.allowed) for item in items]
    scheme = scheme_coded(evaluation.scheme_code)
    parts = scheme.parts if scheme else ()
    return [Asked(part.code, part.name, part.most, None) for part in parts]


def objections(evaluation: Evaluation, entry: SheetEntry) -> Iterator[DomainError]:
    """Yield all that cannot stand in the sheet; the code says which item."""
    asked = {item.code: item for item in asked_of(evaluation)}
    for code in entry.points:
        if code not in asked:
            sentence = _("The score sheet has no item %(code)s.")
            yield DomainError(sentence % {"code": code}, code=f"points-{code}")
    for code, item in asked.items():
        points = entry.points.get(code)
        if points is None:
            yield DomainError(_("Give points for it; 0 is one too."), code=f"points-{code}")
        elif not 0 <= points <= item.most:
            sentence = _("%(code)s gives 0 to %(most)s points.")
            words = {"code": code, "most": format_decimal(item.most)}
            yield DomainError(sentence % words, code=f"points-{code}")
        elif item.allowed is not None and points not in item.allowed:
            sentence = _("%(code)s has no option of %(points)s points.")
            words = {"code": code, "points": format_decimal(points)}
            yield DomainError(sentence % words, code=f"points-{code}")
    total = sum(entry.points.values(), start=Decimal(0))
    if entry.total is not None and entry.total != total:
        sentence = _("The points add up to %(total)s, not to %(score)s.")
        words = {"total": format_decimal(total), "score": format_decimal(entry.total)}
        yield DomainError(sentence % words, code="sum-differs")
