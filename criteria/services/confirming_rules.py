"""A rule of recognition that was recalled or unknown, confirmed with its reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from criteria import policies
from criteria.models import Recognition, RuleConfirmation
from criteria.models.sets import Confidence
from criteria.recognition.law import fact
from criteria.recognition.rules import authorities
from criteria.recognition.wording import authority_label
from criteria.scoring.mergers import MergerRule
from criteria.scoring.titles import Title
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from criteria.recognition.law import Fact
    from ntm_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class RuleReference:
    """What was read: where it is written, and its words."""

    legal_ref: str
    source: str
    answer: str = ""
    words: str = ""


def asks_words(found: Fact) -> bool:
    """Tell whether nobody knows yet what the law says here."""
    return not isinstance(found, Title) and found.confidence == Confidence.UNKNOWN


def answers(found: Fact) -> dict[str, str]:
    """Return what can stand where nobody knows who decides, or what becomes of the title."""
    if isinstance(found, Title) and found.decided_by is None:
        return {level: authority_label(level) for level in authorities()}
    if isinstance(found, MergerRule) and found.status is None:
        return {value: str(label) for value, label in Recognition.MergerStatus.choices}
    return {}


def check_confirming_rule(found: Fact, by: User) -> None:
    """Raise DomainError unless she may confirm it and something is left to confirm."""
    if not policies.may_confirm_law(by.scope):
        raise DomainError(_("Only administrators confirm the law."), code="not-allowed")
    if found.confidence == Confidence.READ:
        raise DomainError(_("This rule is confirmed already."), code="confirmed")


@transaction.atomic
def confirm_rule(key: str, reference: RuleReference, *, by: User) -> RuleConfirmation:
    """Write what was read, who read it and when; pages take it from then on."""
    if (found := fact(key)) is None:
        raise DomainError(_("There is no such rule."), code="no-rule")
    check_confirming_rule(found, by)
    _check_reference(found, reference)
    row, is_first = RuleConfirmation.objects.get_or_create(
        key=key,
        defaults={
            "by": by,
            "old_confidence": found.confidence,
            "old_legal_ref": found.legal_ref,
            "answer": reference.answer if answers(found) else "",
            "words": reference.words if asks_words(found) else "",
            "legal_ref": reference.legal_ref,
            "source": reference.source,
        },
    )
    if not is_first:  # somebody else was faster
        raise DomainError(_("This rule is confirmed already."), code="confirmed")
    return row


def _check_reference(found: Fact, reference: RuleReference) -> None:
    if not reference.legal_ref.strip() or not reference.source.strip():
        raise DomainError(_("A rule is confirmed with its reference."), code="no-reference")
    if asks_words(found) and not reference.words.strip():
        raise DomainError(_("Type what the law asks, as you read it."), code="no-words")
    if (known := answers(found)) and reference.answer not in known:
        raise DomainError(_("Choose what the law says."), code="no-answer")
