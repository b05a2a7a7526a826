"""A province's own levels: kept as a draft, shown with what they change, then put into force."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from communes.changes import Changed, record_changes
from communes.changes import Kind as ChangeKind
from criteria import policies
from criteria.assessment.foreseeing import Amendment, Effects, foresee
from criteria.assessment.open_rounds import in_open_rounds, lock_open_rounds, rejudge_open
from criteria.models import ProvincialDecision, ProvincialEvent, Threshold
from criteria.services.provincial_levels import Law, Paper
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from communes.models import AdministrativeUnit
    from criteria.scoring.thresholds import Rule
    from criteria.services.provincial_levels import Level
    from ntm_portal.accounts.models import User

Kind = ProvincialEvent.Kind


def check_setting(province: AdministrativeUnit, by: User) -> None:
    """Raise DomainError unless she may set levels for the whole province."""
    if not policies.may_set_levels(by.scope, province):
        raise DomainError(_("You may not set levels for this province."), code="not-allowed")


def objections(law: Law, paper: Paper, levels: Iterable[Level]) -> dict[tuple[str, str], str]:
    """Return what speaks against each level, by the measure's code and the group."""
    found: dict[tuple[str, str], str] = {}
    for level in levels:
        if sentence := law.objection(level, paper):
            found[level.key] = sentence
    return found


def amendment_of(law: Law, paper: Paper, levels: Iterable[Level]) -> Amendment:
    """Return the levels as a change of the law."""
    added: dict[int, tuple[Rule, ...]] = {}
    ended: set[int] = set()
    for level in levels:
        rule = law.rule(level)
        added[level.measure.pk] = (*added.get(level.measure.pk, ()), rule)
        if (old := law.replaced_by(level)) is not None:
            ended.add(old.pk)
    return Amendment(paper.valid_from, added, frozenset(ended))


def foresee_levels(law: Law, paper: Paper, levels: Sequence[Level]) -> Effects:
    """Return which verdicts of open rounds the levels would change; nothing is written."""
    found = in_open_rounds(law.criteria_set.pk, [law.province.path])
    return foresee(found, amendment_of(law, paper, levels))


@transaction.atomic
def enact(
    decision_id: int,
    levels: Sequence[Level],
    *,
    by: User | None,
    kind: str = Kind.ENACTED,
) -> Effects:
    """Put the levels of a draft into force and judge the open rounds of the province anew.

    The rounds and assessments are held: nobody types or publishes in between. `by` nobody is
    the portal's own command line.
    """
    decisions = ProvincialDecision.objects.select_for_update(of=("self",))
    decision = decisions.select_related("province__region", "criteria_set").get(pk=decision_id)
    if by is not None:
        check_setting(decision.province, by)
    paper = _paper(decision)
    law = Law.of(decision.criteria_set, decision.province)
    for sentence in objections(law, paper, levels).values():
        raise DomainError(sentence, code="level-refused")
    held = lock_open_rounds(decision.criteria_set_id, [decision.province.path])
    effects = foresee(held, amendment_of(law, paper, levels))
    _write(decision, law, paper, levels)
    _record(decision, effects, len(levels), by, kind)
    record_changes(ChangeKind.THRESHOLD, [Changed("", decision.province.path)], by=by)
    rejudge_open(item for item in held if item.round.reference_date >= paper.valid_from)
    return effects


@transaction.atomic
def discard(decision_id: int, *, by: User) -> None:
    """Throw a draft away, with its file."""
    decision = ProvincialDecision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    check_setting(decision.province, by)
    if not decision.is_draft:
        raise DomainError(_("It is in force: it cannot be thrown away."), code="wrong-status")
    name, storage = decision.file.name, decision.file.storage
    decision.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _paper(decision: ProvincialDecision) -> Paper:
    if not decision.is_draft:
        raise DomainError(_("These levels are in force already."), code="wrong-status")
    if not (decision.number and decision.decided_on and decision.valid_from):
        sentence = _("The decision's number, its date or the day it is valid from is missing.")
        raise DomainError(sentence, code="incomplete")
    return Paper(decision.number, decision.decided_on, decision.valid_from)


def _write(decision: ProvincialDecision, law: Law, paper: Paper, levels: Sequence[Level]) -> None:
    replaced = [old.pk for level in levels if (old := law.replaced_by(level))]
    last_day = paper.valid_from - timedelta(days=1)
    Threshold.objects.filter(pk__in=replaced).update(valid_to=last_day)
    Threshold.objects.bulk_create(
        Threshold(
            measure=level.measure,
            value=level.value,
            province_code=law.province.code,
            commune_group=level.group,
            legal_ref=decision.legal_ref or official_reference(paper),
            confidence=level.confidence,
            source=level.source,
            is_demonstration=decision.is_demonstration,
            decision=decision,
            valid_from=paper.valid_from,
        )
        for level in levels
    )
    decision.status = ProvincialDecision.Status.IN_FORCE
    decision.legal_ref = decision.legal_ref or official_reference(paper)
    decision.save(update_fields=["status", "legal_ref"])


def _record(
    decision: ProvincialDecision, effects: Effects, levels: int, by: User | None, kind: str
) -> None:
    ProvincialEvent.objects.create(
        decision=decision,
        kind=kind,
        by=by,
        levels=levels,
        gained=effects.gained,
        lost=effects.lost,
        otherwise=effects.otherwise,
    )


def official_reference(paper: Paper) -> str:
    """Return the decision as it is cited: "Quyết định 734/QĐ-UBND ngày 29/05/2017"."""
    return f"Quyết định {paper.number} ngày {paper.decided_on:%d/%m/%Y}"
