"""A fact of the law that was recalled, or that nobody had read, confirmed with its reference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from communes.changes import Changed, Kind, record_changes
from criteria import policies
from criteria.assessment.foreseeing import Amendment, Effects, foresee
from criteria.assessment.open_rounds import in_open_rounds, lock_open_rounds, rejudge_open
from criteria.assessment.specs import rule_of
from criteria.models import Threshold, ThresholdConfirmation
from criteria.models.sets import Confidence
from criteria.services.judging_anew import rejudge_soon
from criteria.services.ranges import refuse_out_of_range
from ntm_portal.accounts.scope import NATION_PATH
from ntm_portal.lib.errors import DomainError

MOST_AT_ONCE = 1000  # assessments; a reader waits some seconds for them

if TYPE_CHECKING:
    from decimal import Decimal

    from ntm_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Reference:
    """What was read: the level, where it is written, and its words."""

    value: Decimal | None
    legal_ref: str
    source: str


def check_confirming(threshold: Threshold, by: User) -> None:
    """Raise DomainError unless she may confirm it and something is left to confirm."""
    if not policies.may_confirm_law(by.scope):
        raise DomainError(_("Only administrators confirm the law."), code="not-allowed")
    if threshold.is_demonstration:
        sentence = _("This level was invented for the demonstration: there is nothing to confirm.")
        raise DomainError(sentence, code="demonstration")
    if threshold.confidence == Confidence.READ or threshold.valid_to:
        raise DomainError(_("This level is confirmed already."), code="confirmed")


def check_reference(threshold: Threshold, reference: Reference) -> None:
    """Raise DomainError unless the reference can stand for the threshold."""
    if reference.value is None:
        if not threshold.is_exempt:
            raise DomainError(_("Type the level as you read it."), code="no-value")
        return
    refuse_out_of_range(threshold.measure, reference.value)


def foresee_confirmation(threshold: Threshold, reference: Reference) -> Effects:
    """Return which verdicts of open rounds would change; nothing is written."""
    found = in_open_rounds(_set_id(threshold), [_path(threshold)])
    return foresee(found, _amendment(threshold, reference))


@transaction.atomic
def confirm(threshold_id: int, reference: Reference, *, by: User) -> Effects:
    """Write what was read, who read it and when, and judge open rounds anew."""
    rows = Threshold.objects.select_for_update(of=("self",))
    threshold = rows.select_related("measure__indicator__criterion").get(pk=threshold_id)
    check_confirming(threshold, by)
    check_reference(threshold, reference)
    held = lock_open_rounds(_set_id(threshold), [_path(threshold)])
    effects = foresee(held, _amendment(threshold, reference))
    ThresholdConfirmation.objects.create(
        threshold=threshold,
        by=by,
        old_value=threshold.value,
        old_confidence=threshold.confidence,
        old_legal_ref=threshold.legal_ref,
        value=reference.value,
        legal_ref=reference.legal_ref,
        source=reference.source,
        gained=effects.gained,
        lost=effects.lost,
        otherwise=effects.otherwise,
    )
    threshold.value, threshold.confidence = reference.value, Confidence.READ
    threshold.legal_ref, threshold.source = reference.legal_ref, reference.source
    threshold.save(update_fields=["value", "confidence", "legal_ref", "source"])
    record_changes(Kind.THRESHOLD, [Changed(threshold.pk)], by=by)
    if len(held) <= MOST_AT_ONCE:
        rejudge_open(held)
    else:
        transaction.on_commit(partial(rejudge_soon, _set_id(threshold), _path(threshold)))
    return effects


def _amendment(threshold: Threshold, reference: Reference) -> Amendment:
    rule = replace(rule_of(threshold), value=reference.value, confidence=Confidence.READ)
    # `ended` names the old by its id, so the new one needs another until it is written.
    return Amendment(
        added={threshold.measure_id: (replace(rule, id=0),)}, ended=frozenset({threshold.pk})
    )


def _set_id(threshold: Threshold) -> int:
    return threshold.measure.indicator.criterion.criteria_set_id


def _path(threshold: Threshold) -> str:
    """Return the part of the map within which it can apply."""
    province = threshold.province_code
    return f"{NATION_PATH}{province}/" if province else NATION_PATH
