"""A whole file of law, checked as a whole: every fault is found before anything is used."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from criteria.loading.checks import check_whole
from criteria.loading.contexts import confidence_at, context_of
from criteria.loading.criteria import LONGEST_NAME, group_of
from criteria.loading.documents import root_of
from criteria.loading.law import LawSet
from criteria.loading.vocabulary import DESIGNATION_WORDS, LEVELS, STANDARDS
from criteria.scoring.designations import ALIASES
from criteria.scoring.specs import RegionOverride

if TYPE_CHECKING:
    from criteria.loading.contexts import Context
    from criteria.loading.nodes import Data, Node

REQUIRED = (
    "code",
    "name_vi",
    "level",
    "standard",
    "legal_basis",
    "valid_from",
    "valid_to",
)
LONGEST_CODE = 60


def read_law(text: str, name: str) -> LawSet:
    """Return the set that a file states; raise SetFileError with all its faults."""
    root = root_of(text, name)
    if "groups" not in root.layers[0][0] and (other := _other_sort(root)):
        root.fault("", other)
        root.faults.refuse_if_any()
    root.require(*REQUIRED)
    root.require_list("groups")
    law = _law(root)
    root.faults.refuse_if_any()
    check_whole(law, root.faults)
    root.faults.refuse_if_any()
    return law


def _other_sort(root: Node) -> str:
    if root.has("sets"):
        return "several sets in one file: give each a file of its own"
    if root.has("for_set"):
        return "these are thresholds of a province, not a set of criteria"
    return ""


def _law(root: Node) -> LawSet:
    context = context_of(root)
    groups = tuple(group_of(item, context) for item in root.nodes("groups", noun="group"))
    if not all(isinstance(item, str) for item in root.items("legal_basis")):
        root.fault("legal_basis", "not a list of texts")
    if not root.items("legal_basis"):
        root.fault("legal_basis", "no decision is named")
    valid_from, valid_to = root.day("valid_from"), root.day("valid_to")
    if valid_from and valid_to and valid_to < valid_from:
        root.fault("valid_to", f"{valid_to} lies before {valid_from}, the day it begins")
    return LawSet(
        code=root.text("code", limit=LONGEST_CODE, is_required=True),
        name=root.text("name_vi", limit=LONGEST_NAME, is_required=True),
        name_en=root.text("name_en", limit=LONGEST_NAME),
        level=root.one_of("level", LEVELS),
        standard=root.one_of("standard", STANDARDS),
        legal_basis=tuple(root.items("legal_basis")),
        valid_from=valid_from,
        valid_to=valid_to,
        meets_when=root.text("meets_when"),
        indicators_total=_total(root, sum(len(c.indicators) for g in groups for c in g.criteria)),
        region_override=_override(root, context),
        commune_groups=_plain(root.object("commune_groups")),
        preconditions=tuple(_plain(item.layers[0][0]) for item in root.nodes("preconditions")),
        town_city_rule=_plain(root.object("town_city_rule")) or None,
        groups=groups,
    )


def _total(root: Node, listed: int) -> int | None:
    """Return how many indicators the law counts: those listed, unless the file says otherwise."""
    if not root.has("indicators_total"):
        return listed or None
    total = root.count("indicators_total")
    if total is not None and total < listed:
        root.fault("indicators_total", f"counts {total} indicators, but {listed} are listed")
    return total


def _override(root: Node, context: Context) -> RegionOverride | None:
    data = root.object("region_override")
    if "holders" not in data:  # said in words only: a person can read it, no program
        return None
    node = root.within(data, "region_override")
    node.require("use_region", "confidence")
    if (region := node.text("use_region")) not in context.regions:
        node.fault("use_region", f"the set has no region {region}")
    return RegionOverride(
        region_code=region,
        holders=tuple(_holders(node)),
        legal_ref=node.text("legal_ref") or context.citation,
        confidence=confidence_at(node, "confidence"),
    )


def _holders(node: Node) -> list[frozenset[str]]:
    found = []
    for index, words in enumerate(node.items("holders")):
        known = isinstance(words, list) and bool(words)
        if not known or any(word not in DESIGNATION_WORDS for word in words):
            node.faults.add(
                node.at("holders", str(index)), f"not a list of {', '.join(DESIGNATION_WORDS)}"
            )
            continue
        found.append(frozenset(ALIASES.get(word, word) for word in words))
    return found


def _plain(data: Data) -> Data:
    """Return data as a JSON column takes it, its numbers no Decimals."""
    plain: Data = json.loads(json.dumps(data, default=float))
    return plain
