"""What a set says once for everything in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.loading.vocabulary import CONFIDENCE

if TYPE_CHECKING:
    from criteria.loading.nodes import Node


@dataclass(frozen=True, slots=True)
class Context:
    """The regions and commune groups of a set, how it is cited, what provinces may do."""

    regions: tuple[str, ...]
    commune_groups: tuple[str, ...]
    citation: str
    province_may_loosen: bool


def context_of(root: Node) -> Context:
    """Return what the set says for all its thresholds."""
    basis = [item for item in root.items("legal_basis") if isinstance(item, str)]
    return Context(
        regions=tuple(root.object("regions")),
        commune_groups=tuple(root.object("commune_groups")),
        citation=_short(basis[0]) if basis else "",
        province_may_loosen=root.flag("province_may_loosen", default=True),
    )


def confidence_at(node: Node, *keys: str) -> str:
    """Return how sure the file is, by the first of the keys that says so."""
    key = next((key for key in keys if node.raw(key) is not None), keys[-1])
    return CONFIDENCE[node.one_of(key, CONFIDENCE)]


def _short(decree: str) -> str:
    """Return the decree alone: "Quyết định 1980/QĐ-TTg" of its full title."""
    return decree.split(" ngày ", maxsplit=1)[0].split(" (", maxsplit=1)[0]
