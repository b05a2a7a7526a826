"""The law of recognition that applies: the shipped facts, and what administrators confirmed."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from criteria.models import RuleConfirmation
from criteria.models.sets import Confidence
from criteria.recognition import rules
from criteria.scoring.mergers import MergerRule
from criteria.scoring.titles import Asks, Provision, Title

Fact: TypeAlias = Title | Provision | MergerRule
Confirmed: TypeAlias = dict[str, RuleConfirmation]


def titles() -> tuple[Title, ...]:
    """Return every title of every procedure, oldest first; one query."""
    confirmed = _confirmed()
    shipped = rules.titles()
    return tuple(_title(item, confirmed) for item in shipped) if confirmed else shipped


def merger_rules() -> tuple[MergerRule, ...]:
    """Return the rules on titles across changes of the map; one query."""
    confirmed = _confirmed()
    shipped = rules.merger_rules()
    return tuple(_merger_rule(item, confirmed) for item in shipped) if confirmed else shipped


def fact(key: str) -> Fact | None:
    """Return one fact as it applies; nothing where there is none of this name."""
    return next((item for item in facts() if item.key == key), None)


def facts() -> tuple[Fact, ...]:
    """Return everything that carries its own certainty, in the order of the file."""
    found: list[Fact] = []
    for title in titles():
        found += [title, *title.conditions, *title.grounds]
    return (*found, *merger_rules())


def _confirmed() -> Confirmed:
    return {item.key: item for item in RuleConfirmation.objects.all()}


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
