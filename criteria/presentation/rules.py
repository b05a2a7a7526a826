"""The rules of recognition in words: whose title, what is said, how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit
from criteria.merging.rules import MergingRule
from criteria.models import CriteriaSet, Recognition, RuleConfirmation
from criteria.models.sets import Confidence
from criteria.presentation.merging import RULES
from criteria.recognition.law import confirmations, facts, merger_rules, merging_rules, titles
from criteria.recognition.wording import authority_label, label
from criteria.scoring.titles import Title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from criteria.recognition.law import Fact
    from criteria.scoring.mergers import MergerRule


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A fact with where it is written, and who confirmed it."""

    fact: Fact
    text: str
    certainty: str
    confirmation: RuleConfirmation | None

    @property
    def is_open(self) -> bool:
        """Tell whether it is left to be confirmed."""
        return self.fact.confidence != Confidence.READ


@dataclass(frozen=True, slots=True)
class RuleBlock:
    """The facts of one title, or of what becomes of titles when the map changes."""

    name: str
    valid_from: date | None
    valid_to: date | None
    rows: tuple[RuleRow, ...]


def load_rules() -> tuple[RuleBlock, ...]:
    """Return every rule, the latest procedure first; five queries."""
    confirmed = confirmations()
    latest = sorted(titles(), key=lambda title: title.valid_from, reverse=True)
    blocks = [_block(title, confirmed) for title in latest]
    return (*blocks, _mergers(merger_rules(), confirmed), *_mergings(confirmed))


def rule_text(found: Fact) -> str:
    """Say what a fact says, in the reader's language."""
    if isinstance(found, MergingRule):
        how, which = str(RULES[found.merging]), ", ".join(found.measures)
        words = {"how": how[:1].upper() + how[1:], "which": which, "why": label(found)}
        return _("%(how)s: indicators %(which)s. %(why)s.") % words
    if not isinstance(found, Title):
        return label(found)
    if not found.decided_by:
        return _("Who decides is not known.")
    return _("Decided by: %(who)s.") % {"who": authority_label(found.decided_by)}


def rule_owner(key: str) -> str:
    """Name the title or the set that a fact belongs to; nothing for a rule on mergers."""
    for code, rules in merging_rules().items():
        if any(key == rule.key for rule in rules):
            return _values_of(code, CriteriaSet.objects.filter(code=code).first())
    owners = (item for item in facts() if isinstance(item, Title))
    found = (item for item in owners if key == item.key or key.startswith(f"{item.key}."))
    return next((_name(title) for title in found), "")


def _block(title: Title, confirmed: dict[str, RuleConfirmation]) -> RuleBlock:
    rows = _rows((title, *title.conditions, *title.grounds), confirmed)
    return RuleBlock(_name(title), title.valid_from, title.valid_to, rows)


def _mergers(rules: Iterable[MergerRule], confirmed: dict[str, RuleConfirmation]) -> RuleBlock:
    return RuleBlock(_("Titles when the map changes"), None, None, _rows(rules, confirmed))


def _mergings(confirmed: dict[str, RuleConfirmation]) -> Iterator[RuleBlock]:
    found = merging_rules()
    sets = {item.code: item for item in CriteriaSet.objects.filter(code__in=found)}
    for code, rules in found.items():
        yield RuleBlock(_values_of(code, sets.get(code)), None, None, _rows(rules, confirmed))


def _values_of(code: str, found: CriteriaSet | None) -> str:
    return _("Values of merged units: %(set)s") % {"set": found.label if found else code}


def _rows(found: Iterable[Fact], confirmed: dict[str, RuleConfirmation]) -> tuple[RuleRow, ...]:
    return tuple(
        RuleRow(
            fact=item,
            text=rule_text(item),
            certainty=str(Confidence(item.confidence).label),
            confirmation=confirmed.get(item.key),
        )
        for item in found
    )


def _name(title: Title) -> str:
    standard = Recognition.Standard(title.standard).label
    kinds = sorted(str(AdministrativeUnit.Kind(kind).label) for kind in title.kinds)
    return f"{str(standard)[:1].upper()}{str(standard)[1:]}: {', '.join(kinds)}"
