"""The law that applies: the shipped facts, and what administrators confirmed.

It says who is recognised, what becomes of a title, and how the values of merged units are put
together.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from criteria.merging.rules import MergingRule, shipped
from criteria.models import RuleConfirmation
from criteria.models.sets import Confidence
from criteria.recognition import rules
from criteria.scoring.mergers import MergerRule
from criteria.scoring.titles import Asks, Provision, Title

if TYPE_CHECKING:
    from collections.abc import Mapping

Fact: TypeAlias = Title | Provision | MergerRule | MergingRule
Confirmed: TypeAlias = dict[str, RuleConfirmation]


def titles() -> tuple[Title, ...]:
    """Return every title of every procedure, oldest first; one query."""
    confirmed = confirmations()
    shipped = rules.titles()
    return tuple(_title(item, confirmed) for item in shipped) if confirmed else shipped


def merger_rules() -> tuple[MergerRule, ...]:
    """Return the rules on titles across changes of the map; one query."""
    confirmed = confirmations()
    shipped = rules.merger_rules()
    return tuple(_merger_rule(item, confirmed) for item in shipped) if confirmed else shipped


def merging_rules() -> Mapping[str, tuple[MergingRule, ...]]:
    """Return by set how values of merged units are put together; one query."""
    confirmed = confirmations()
    return {
        code: tuple(merging_rule(rule, confirmed) for rule in rules)
        for code, rules in shipped().items()
    }


def fact(key: str) -> Fact | None:
    """Return one fact as it applies; nothing where there is none of this name."""
    return next((item for item in facts() if item.key == key), None)


def facts() -> tuple[Fact, ...]:
    """Return everything that carries its own certainty, in the order of the file."""
    found: list[Fact] = []
    for title in titles():
        found += [title, *title.conditions, *title.grounds]
    found += merger_rules()
    for rules_of_set in merging_rules().values():
        found += rules_of_set
    return tuple(found)


def confirmations() -> Confirmed:
    """Return by name what was confirmed, and by whom; one query."""
    return {item.key: item for item in RuleConfirmation.objects.select_related("by")}


def _title(title: Title, confirmed: Confirmed) -> Title:
    whole = replace(
        title,
        conditions=tuple(_provision(item, confirmed) for item in title.conditions),
        grounds=tuple(_provision(item, confirmed) for item in title.grounds),
    )
    if (read := confirmed.get(title.key)) is None:
        return whole
    return replace(
        whole,
        decided_by=title.decided_by or read.answer,
        confidence=Confidence.READ,
        legal_ref=read.legal_ref,
        source=read.source,
    )


def _provision(provision: Provision, confirmed: Confirmed) -> Provision:
    """Take what was read; what nobody knew before is asked, and the portal holds no data on it."""
    if (read := confirmed.get(provision.key)) is None:
        return provision
    return replace(
        provision,
        asks=Asks.ELSEWHERE if provision.asks is Asks.UNREAD else provision.asks,
        name=read.words or provision.name,
        name_en="" if read.words else provision.name_en,
        confidence=Confidence.READ,
        legal_ref=read.legal_ref,
        source=read.source,
    )


def merging_rule(rule: MergingRule, confirmed: Confirmed) -> MergingRule:
    """Return a rule with the reference by which it was confirmed, if it was."""
    if (read := confirmed.get(rule.key)) is None:
        return rule
    return replace(rule, confidence=Confidence.READ, legal_ref=read.legal_ref, source=read.source)


def _merger_rule(rule: MergerRule, confirmed: Confirmed) -> MergerRule:
    if (read := confirmed.get(rule.key)) is None:
        return rule
    return replace(
        rule,
        status=rule.status or read.answer,
        name=read.words or rule.name,
        name_en="" if read.words else rule.name_en,
        confidence=Confidence.READ,
        legal_ref=read.legal_ref,
        source=read.source,
    )
