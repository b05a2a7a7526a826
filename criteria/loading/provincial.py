"""A province's levels from a file (`overrides-*.json`), checked as a whole before they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import override

from communes.models import AdministrativeUnit
from criteria.assessment.foreseeing import Effects
from criteria.loading.contexts import confidence_at
from criteria.loading.documents import read_text, root_of
from criteria.loading.nodes import shown
from criteria.models import CriteriaSet, Measure, ProvincialDecision, ProvincialEvent
from criteria.services.provincial import enact, foresee_levels, objections
from criteria.services.provincial_levels import Law, Level, Paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from criteria.loading.nodes import Node

# "Quyết định 734/QĐ-UBND ngày 29/5/2017 …", or only "… (2017)" where the day was not read.
CITATION = re.compile(
    r"(?P<number>[0-9]+/[^\s]+) ngày (?P<day>[0-9]+)/(?P<month>[0-9]+)/(?P<year>[0-9]{4})"
)


@dataclass(slots=True)
class LoadedLevels:
    """What a reading of a province's file found, and what it changed."""

    name: str
    stated: int = 0
    written: int = 0
    effects: Effects = field(default_factory=Effects)

    def summary(self) -> str:
        """Return what to tell."""
        if not self.stated:
            return f"{self.name}: states no level that could be read"
        if not self.written:
            return f"{self.name}: {self.stated} levels, nothing changes"
        found = self.effects
        return (
            f"{self.name}: {self.written} of {self.stated} levels are new; {found.total} verdicts "
            f"change: {found.gained} gained, {found.lost} lost"
        )


@transaction.atomic
def load_levels(path: Path, *, dry_run: bool = False) -> LoadedLevels:
    """Load a province's file, whole or not at all; what stands already is left as it stands.

    Raises SetFileError with every fault found.
    """
    root = root_of(read_text(path), path.name)
    root.require("province_code", "legal_basis", "for_set", "thresholds")
    root.faults.refuse_if_any()
    loaded = LoadedLevels(path.name)
    law = _law(root)
    nodes = list(root.nodes("thresholds", noun="threshold"))
    if not nodes:
        return loaded
    paper = _paper(root)
    root.faults.refuse_if_any()
    assert law is not None and paper is not None  # noqa: S101,PT018  faults refused else
    stated = [(node, level) for node in nodes for level in _levels(node, law)]
    _refuse(root, law, paper, stated)
    new = [level for _node, level in stated if not _stands(law, paper, level)]
    loaded.stated = len(stated)
    if new:
        loaded.written = len(new)
        loaded.effects = (
            foresee_levels(law, paper, new) if dry_run else _enact(root, law, paper, new)
        )
    return loaded


def _law(root: Node) -> Law | None:
    code, set_code = root.text("province_code"), root.text("for_set")
    units = AdministrativeUnit.objects.filter(level="province", code=code)
    province = (
        units.select_related("region").order_by(F("valid_from").desc(nulls_last=True)).first()
    )
    criteria_set = CriteriaSet.objects.filter(code=set_code).first()
    if province is None:
        root.fault("province_code", f"there is no province {code}")
    if criteria_set is None:
        root.fault("for_set", f"no set {set_code} is loaded")
    return Law.of(criteria_set, province) if criteria_set and province else None


def _paper(root: Node) -> Paper | None:
    found = CITATION.search(root.text("legal_basis"))
    if found is None:
        root.fault("legal_basis", "names no decision as “734/QĐ-UBND ngày 29/5/2017”")
        return None
    try:
        decided = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        root.fault("legal_basis", f"{found[0]} has no such day")
        return None
    return Paper(found["number"], decided, root.day("valid_from") or decided)


def _levels(node: Node, law: Law) -> Iterator[Level]:
    """Yield what one entry states: for the whole province, and by area."""
    code = node.text("indicator")
    measure = next((item for item in law.measures if item.code == code), None)
    if measure is None:
        node.fault("indicator", f"the set has no indicator {code}")
        return
    if (asked := node.text("comparator")) and asked != measure.comparator:
        node.fault("comparator", f"{asked} where the law asks {measure.comparator}")
    if node.raw("value") is not None:
        yield from _level(node, measure, "", node.raw("value"), "value")
    for group, value in node.object("by_area").items():
        place = f"by_area.{group}"
        if group not in law.groups:
            node.fault(place, f"no such area (there are {', '.join(law.groups)})")
        elif value is not None:
            yield from _level(node, measure, group, value, place)


def _level(node: Node, measure: Measure, group: str, value: object, key: str) -> Iterator[Level]:
    if measure.kind == Measure.Kind.YES_NO:
        if value is not True:
            node.fault(key, f"{shown(value)} where only true can be asked for")
            return
        yield Level(measure, group, Decimal(1), *_certainty(node))
    elif isinstance(value, bool) or not isinstance(value, int | Decimal):
        node.fault(key, f"{shown(value)} is not a number")
    else:
        yield Level(measure, group, Decimal(value), *_certainty(node))


def _certainty(node: Node) -> tuple[str, str]:
    return confidence_at(node, "confidence"), node.text("source")


def _refuse(root: Node, law: Law, paper: Paper, stated: list[tuple[Node, Level]]) -> None:
    """Note what speaks against the levels, each at its place, and twins."""
    seen: dict[tuple[str, str], str] = {}
    for node, level in stated:
        if level.key in seen:
            node.fault(
                "indicator", f"stands twice for the same communes, first at {seen[level.key]}"
            )
        seen.setdefault(level.key, node.place)
        with override("en"):
            found = {} if _stands(law, paper, level) else objections(law, paper, [level])
        for sentence in found.values():
            node.fault("by_area" if level.group else "value", sentence)
    root.faults.refuse_if_any()


def _stands(law: Law, paper: Paper, level: Level) -> bool:
    """Tell whether the level is in force by this paper already."""
    old = law.replaced_by(level)
    return (
        old is not None
        and old.value == level.value
        and old.decision is not None
        and (old.decision.number, old.valid_from) == (paper.number, paper.valid_from)
    )


def _enact(root: Node, law: Law, paper: Paper, levels: list[Level]) -> Effects:
    decision = ProvincialDecision.objects.create(
        province=law.province,
        criteria_set=law.criteria_set,
        number=paper.number,
        decided_on=paper.decided_on,
        valid_from=paper.valid_from,
        legal_ref=root.text("legal_basis")[:400],
        is_demonstration=root.flag("is_demonstration", default=False),
    )
    return enact(decision.pk, levels, by=None, kind=ProvincialEvent.Kind.LOADED)
