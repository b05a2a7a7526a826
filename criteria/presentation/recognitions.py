"""What the pages of recognitions show: the list, one decision, the warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit
from criteria.models.assessments import Basis
from criteria.models.sets import Confidence
from criteria.presentation.crumbs import Crumb
from criteria.recognition import policies
from criteria.recognition.law import merger_rules, titles
from criteria.recognition.wording import authority_label, label, signed_by
from criteria.scoring.titles import titles_on
from ntm_portal.lib.text import alphabetical

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from criteria.models import Criterion, Recognition, RecognitionDocument, RecognitionEvent
    from criteria.recognition.reasons import Reason
    from criteria.recognition.warnings import Warned
    from ntm_portal.accounts.scope import Scope


@dataclass(frozen=True, slots=True)
class LawNote:
    """A sentence of the law with where it is written and how sure that is."""

    text: str
    legal_ref: str
    source: str
    confidence: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as it stood when the decision was recorded."""

    name: str
    verdict: str
    confidence: str
    figures: str


@dataclass(frozen=True, slots=True)
class RecognitionPage:
    """Everything the page of one decision shows."""

    recognition: Recognition
    crumbs: tuple[Crumb, ...]
    signed_by: str
    law: LawNote | None
    merger: LawNote | None
    conditions: tuple[Condition, ...]
    documents: Sequence[RecognitionDocument]
    events: Sequence[RecognitionEvent]
    others: Sequence[Recognition]
    may_revoke: bool


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A ground that is met, in words."""

    text: str
    figures: str
    criteria: Sequence[Criterion]
    legal_ref: str
    confidence: str


@dataclass(frozen=True, slots=True)
class WarnedRow:
    """A recognition that could be revoked, with its reasons."""

    recognition: Recognition
    reasons: tuple[ReasonRow, ...]


def load_recognition(
    recognition: Recognition, crumbs: tuple[Crumb, ...], scope: Scope
) -> RecognitionPage:
    """Load the page of one decision."""
    events = list(recognition.events.select_related("by"))
    return RecognitionPage(
        recognition=recognition,
        crumbs=crumbs,
        signed_by=signed_by(recognition),
        law=_law(recognition),
        merger=_merger(recognition),
        conditions=tuple(_condition(item) for event in events for item in event.conditions),
        documents=list(recognition.documents.all()),
        events=events,
        others=list(recognition.unit.recognitions.exclude(pk=recognition.pk)),
        may_revoke=recognition.revoked_on is None and policies.may_record(scope, recognition.unit),
    )


def warned_rows(warned: Sequence[Warned]) -> list[WarnedRow]:
    """Put the reasons of each recognition into words."""
    return [WarnedRow(item.recognition, tuple(map(_reason, item.reasons))) for item in warned]


def provinces_within(scope: Scope, day: date) -> list[AdministrativeUnit]:
    """Return the provinces she may choose from, as they are called on the day."""
    units = AdministrativeUnit.objects.within(scope.read).on(day)
    provinces = units.filter(level=AdministrativeUnit.Level.PROVINCE)
    return sorted(provinces, key=lambda unit: alphabetical(unit.short_name))


def path_to(unit: AdministrativeUnit, day: date, scope: Scope) -> tuple[Crumb, ...]:
    """Return the units above it on the day, and the unit itself, from the nation down."""
    above = unit.path.strip("/").split("/")[:-1]
    units = AdministrativeUnit.objects.on(day).filter(code__in=above)
    line = [*sorted(units, key=lambda item: len(item.path)), unit]
    return tuple(Crumb(item, scope.may_read(item.path)) for item in line)


def _law(recognition: Recognition) -> LawNote | None:
    """Say who gives such a title on the day of the decision, as far as that is known."""
    unit = recognition.unit
    hers = titles_on(titles(), unit.level, unit.kind, recognition.decision_date)
    title = next((item for item in hers if item.standard == recognition.standard), None)
    if title is None:
        return None
    who = authority_label(title.decided_by) if title.decided_by else _("not known")
    return LawNote(
        who, title.legal_ref, title.source, title.confidence, _certainty(title.confidence)
    )


def _merger(recognition: Recognition) -> LawNote | None:
    rules = (rule for rule in merger_rules() if rule.code == recognition.merger_rule)
    if (rule := next(rules, None)) is None:
        return None
    certainty = _certainty(rule.confidence)
    return LawNote(label(rule), rule.legal_ref, rule.source, rule.confidence, certainty)


def _condition(stored: dict[str, str | int]) -> Condition:
    return Condition(
        name=label(_Stored(str(stored["name"]), str(stored["name_en"]))),
        verdict=str(stored["verdict"]),
        confidence=str(stored["confidence"]),
        figures=f"{stored['holding']}/{stored['total']}" if stored["total"] else "",
    )


@dataclass(frozen=True, slots=True)
class _Stored:
    name: str
    name_en: str


def _reason(reason: Reason) -> ReasonRow:
    words = {
        "part": reason.part,
        "total": reason.total,
        "basis": str(Basis(reason.basis).label) if reason.basis else "",
        "round": reason.round_code,
    }
    if reason.basis:
        figures = _("%(part)s of %(total)s criteria not met, %(basis)s in round %(round)s")
    else:
        figures = _("%(part)s of %(total)s communes")
    return ReasonRow(
        text=label(reason.ground),
        figures=figures % words,
        criteria=reason.criteria,
        legal_ref=reason.ground.legal_ref,
        confidence=reason.ground.confidence,
    )


def _certainty(confidence: str) -> str:
    return str(Confidence(confidence).label)
