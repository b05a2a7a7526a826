"""What the communes of a place would come to if some verdicts were others: pure, nothing stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from criteria.scoring.verdicts import Verdict
from programme.rollup.bands import BANDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HOLDS = frozenset({Verdict.MET, Verdict.NOT_APPLICABLE})
BELOW = BANDS["below_10"].stop


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune as it stands: criteria met and unmet, and its verdicts on the criteria asked."""

    met: int
    unmet: int
    meets_all: bool
    is_recognised: bool
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Change:
    """What the verdicts of one commune on some criteria would be."""

    verdicts: Mapping[str, Verdict]


def changed(commune: Commune, change: Change, *, set_is_complete: bool) -> Commune:
    """Return the commune with these verdicts in the place of its own."""
    met, unmet = commune.met, commune.unmet
    for code, after in change.verdicts.items():
        before = commune.verdicts[code]
        met += (after is Verdict.MET) - (before is Verdict.MET)
        unmet += (after not in HOLDS) - (before not in HOLDS)
    return replace(
        commune,
        met=met,
        unmet=unmet,
        meets_all=set_is_complete and not unmet and met > 0,
        verdicts={**commune.verdicts, **change.verdicts},
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """What a place comes to, and how many of its communes would change."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    gaining: int
    losing: int


def count(pairs: Iterable[tuple[Commune, Commune]]) -> Counted:
    """Return the counters before and after.

    A commune that would come to meet all criteria counts as recognised: nothing else is between
    it and the decision. One that would lose a criterion keeps its decision.
    """
    before, after = Counter[str](), Counter[str]()
    gaining = losing = 0
    for was, would in pairs:
        before.update(_counters(was, is_recognised=was.is_recognised))
        newly = would.meets_all and not was.meets_all
        after.update(_counters(would, is_recognised=was.is_recognised or newly))
        gaining += would.met > was.met
        losing += would.met < was.met
    return Counted(before, after, gaining, losing)


def _counters(commune: Commune, *, is_recognised: bool) -> dict[str, int]:
    return {
        "assessed": 1,
        "criteria_met": commune.met,
        "meets_all": int(commune.meets_all),
        "below_10": int(commune.met < BELOW and not commune.meets_all),
        "certified": int(is_recognised),
    }
