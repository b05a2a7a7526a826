"""Whether a unit's conditions hold, in sentences: each with its certainty and its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit
from criteria.models import Recognition
from criteria.models.assessments import VerdictChoice
from criteria.models.sets import Confidence
from criteria.recognition import policies
from criteria.recognition.conditions import entitlements
from criteria.recognition.law import confirmations, titles
from criteria.recognition.mergers import open_titles, passed_titles
from criteria.recognition.wording import authority_label, label
from criteria.scoring.titles import Asks
from criteria.scoring.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from criteria.models import Outcome, RuleConfirmation
    from criteria.presentation.crumbs import Crumb
    from criteria.recognition.conditions import Entitlement, Finding
    from criteria.recognition.mergers import PassedTitle
    from ntm_portal.accounts.scope import Scope


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A condition, what was found, and where it is written."""

    name: str
    verdict: Verdict
    confidence: str
    certainty: str
    detail: str
    legal_ref: str
    source: str
    lacking: Sequence[AdministrativeUnit]
    assessment_id: int | None


@dataclass(frozen=True, slots=True)
class EntitlementBlock:
    """A title with its conditions, who gives it, and the decision by which the unit holds it."""

    standard: str
    standard_label: str
    verdict: Verdict
    summary: str
    decided_by: str
    confidence: str
    legal_ref: str
    source: str
    rows: tuple[FindingRow, ...]
    held: Recognition | None


@dataclass(frozen=True, slots=True)
class PassedRow:
    """A title of the units that this one was formed from, and the rule on it."""

    standard_label: str
    status: str
    passed: PassedTitle
    rule_name: str
    confidence: str
    confirmation: RuleConfirmation | None


@dataclass(frozen=True, slots=True)
class EntitlementPage:
    """Everything the page of a unit's conditions shows."""

    unit: AdministrativeUnit
    day: date
    crumbs: tuple[Crumb, ...]
    blocks: tuple[EntitlementBlock, ...]
    recognitions: tuple[Recognition, ...]
    passed: tuple[PassedRow, ...]
    may_record: bool
    may_settle: bool
    first_day: date


def load_page(
    unit: AdministrativeUnit, day: date, crumbs: tuple[Crumb, ...], scope: Scope
) -> EntitlementPage:
    """Load the page of a unit; as many queries for a commune as for a province."""
    recognitions = tuple(unit.recognitions.order_by("-decision_date", "-pk"))
    may_record = policies.may_record(scope, unit)
    return EntitlementPage(
        unit=unit,
        day=day,
        crumbs=crumbs,
        blocks=tuple(_block(item, recognitions, day) for item in entitlements(unit, day)),
        recognitions=recognitions,
        passed=passed_rows(unit),
        may_record=may_record,
        may_settle=may_record and bool(open_titles([unit.pk])),
        first_day=min(title.valid_from for title in titles()),
    )


def passed_rows(unit: AdministrativeUnit) -> tuple[PassedRow, ...]:
    """Return what became of the titles of the units that it was formed from."""
    found = passed_titles([unit.pk])
    confirmed = confirmations() if found else {}
    return tuple(_passed_row(item, confirmed) for item in found)


def _block(found: Entitlement, recognitions: Sequence[Recognition], day: date) -> EntitlementBlock:
    title = found.title
    held = (
        row
        for row in recognitions
        if row.standard == title.standard
        and row.decision_date <= day
        and (row.revoked_on is None or row.revoked_on > day)
    )
    return EntitlementBlock(
        standard=title.standard,
        standard_label=str(Recognition.Standard(title.standard).label),
        verdict=found.verdict,
        summary=_summary(found),
        decided_by=authority_label(title.decided_by or ""),
        confidence=title.confidence,
        legal_ref=title.legal_ref,
        source=title.source,
        rows=tuple(map(_row, found.findings)),
        held=next(held, None),
    )


def _summary(found: Entitlement) -> str:
    """Say in one sentence whether the conditions hold: unknown ones never count as met."""
    total = len(found.findings)
    met = sum(item.verdict is Verdict.MET for item in found.findings)
    failing = len(found.failing)
    words = {"met": met, "total": total, "failing": failing, "unknown": total - met - failing}
    if failing:
        sentence = _("%(met)s of %(total)s conditions hold, %(failing)s do not")
    elif met == total:
        return _("all conditions hold")
    else:
        sentence = _("%(met)s of %(total)s conditions hold")
    if words["unknown"]:
        sentence += _(", %(unknown)s not known")
    return sentence % words


def _row(finding: Finding) -> FindingRow:
    provision = finding.provision
    return FindingRow(
        name=label(provision),
        verdict=finding.verdict,
        confidence=finding.confidence,
        certainty=str(Confidence(provision.confidence).label),
        detail=_detail(finding),
        legal_ref=provision.legal_ref,
        source=provision.source,
        lacking=() if finding.verdict is Verdict.MET else finding.lacking,
        assessment_id=finding.outcome.assessment_id if finding.outcome else None,
    )


def _detail(finding: Finding) -> str:
    match finding.provision.asks:
        case Asks.OWN_CRITERIA if finding.outcome:
            return _outcome_text(finding.outcome)
        case Asks.OWN_CRITERIA:
            return _("Not known: there is no verified assessment by this set.")
        case Asks.SHARE if finding.total:
            words = {"holding": finding.holding, "total": finding.total}
            return _("%(holding)s of %(total)s are recognised.") % words
        case Asks.SHARE:
            return _("Not known: there are no such units here on that day.")
        case Asks.HOLDS if finding.verdict is Verdict.MET:
            return _("It is recognised.")
        case Asks.HOLDS:
            return _("It is not recognised on that day.")
        case Asks.ELSEWHERE:
            return _("Not known: the portal holds no data on this.")
        case _:
            return _("Not known: nobody here could read what is asked.")


def _outcome_text(outcome: Outcome) -> str:
    """Say how many criteria are met, and how the others stand."""
    words = {
        "met": outcome.criteria_met,
        "total": outcome.criteria_total,
        "round": outcome.assessment.round.code,
    }
    others = [
        (outcome.criteria_not_met, VerdictChoice.NOT_MET),
        (outcome.criteria_missing, VerdictChoice.MISSING),
        (outcome.criteria_undetermined, VerdictChoice.UNDETERMINED),
    ]
    rest = "".join(f", {number} {verdict.label}" for number, verdict in others if number)
    sentence = _("As verified in round %(round)s, %(met)s of %(total)s criteria met")
    shaken = _("It rests on thresholds that nobody has confirmed.")
    return f"{sentence % words}{rest}.{f' {shaken}' if outcome.rests_on_unconfirmed else ''}"


def _passed_row(passed: PassedTitle, confirmed: dict[str, RuleConfirmation]) -> PassedRow:
    rule = passed.rule
    known = Recognition.MergerStatus(passed.status).label if passed.status else _("not known")
    return PassedRow(
        standard_label=str(Recognition.Standard(passed.standard).label),
        status=str(known),
        passed=passed,
        rule_name=label(rule) if rule else _("No rule was found."),
        confidence=rule.confidence if rule else Confidence.UNKNOWN,
        confirmation=confirmed.get(rule.key) if rule else None,
    )
