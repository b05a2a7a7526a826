"""Which of the thresholds the law states applies to a commune: the order of specificity.

| order | axis           | who it is for                                                     |
|-------|----------------|-------------------------------------------------------------------|
| 1     | designation    | communes that hold it (poor, especially disadvantaged …)           |
| 2     | province       | communes of a province, where the law leaves it to the province    |
| 3     | commune group  | communes of a group (sets from 2026 on; areas within a province)   |
| 4     | region         | communes of a region (QĐ 1980/QĐ-TTg)                              |
| 5     | years          | a level for stated years, before one for all years                 |
| 6     | nation         | everybody (chỉ tiêu chung)                                         |

Of two thresholds the one that names the first axis in which they differ prevails: one that names
several axes is more specific than one that names only the first of them. Two that name the same
axes and could both apply to some commune cannot both be entered: `criteria.scoring.objections`.

A region override is no threshold of its own: it puts another region in the place of the
commune's before the table is read (`criteria.scoring.specs`), so a province's own level, or one
for a designation, still prevails over it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

FIRST_YEAR, LAST_YEAR = 0, 9999


@dataclass(frozen=True, slots=True)
class Place:
    """What thresholds may ask about a commune on the round's day; empty means unknown."""

    region_code: str = ""
    province_code: str = ""
    designations: frozenset[str] = frozenset()
    commune_group: str = ""
    year: int = FIRST_YEAR
    facts: frozenset[tuple[str, Decimal]] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """A threshold as judging sees it; an empty axis is for everybody.

    No `value` is a level nobody could read, unless the law asks nothing here (`is_exempt`).
    """

    id: int
    value: Decimal | None
    region_code: str = ""
    province_code: str = ""
    designation: str = ""
    commune_group: str = ""
    from_year: int = FIRST_YEAR
    to_year: int = LAST_YEAR
    confidence: str = "read"
    legal_ref: str = ""
    is_demonstration: bool = False
    is_exempt: bool = False

    def applies_to(self, place: Place) -> bool:
        """Tell whether every axis this rule names holds for `place`."""
        return (
            self.region_code in {"", place.region_code}
            and self.province_code in {"", place.province_code}
            and (not self.designation or self.designation in place.designations)
            and self.commune_group in {"", place.commune_group}
            and self.from_year <= place.year <= self.to_year
        )

    def may_apply_to(self, place: Place) -> bool:
        """Tell whether it would apply if what is unknown of `place` were as the rule asks."""
        return (
            (not place.region_code or self.region_code in {"", place.region_code})
            and (not place.province_code or self.province_code in {"", place.province_code})
            and (not self.designation or self.designation in place.designations)
            and (not place.commune_group or self.commune_group in {"", place.commune_group})
            and (not place.year or self.from_year <= place.year <= self.to_year)
        )

    @property
    def names_years(self) -> bool:
        """Tell whether it is for stated years only."""
        return (self.from_year, self.to_year) != (FIRST_YEAR, LAST_YEAR)

    @property
    def specificity(self) -> tuple[bool, ...]:
        """Return the rank in the table above; the greater one prevails."""
        return (
            bool(self.designation),
            bool(self.province_code),
            bool(self.commune_group),
            bool(self.region_code),
            self.names_years,
        )

    @property
    def axes(self) -> tuple[str, str, str, str, int, int]:
        """Return what it is for: no two rules of a measure have the same."""
        return (
            self.designation,
            self.province_code,
            self.commune_group,
            self.region_code,
            self.from_year,
            self.to_year,
        )


def considered(rules: Iterable[Rule], place: Place) -> list[Rule]:
    """Return the rules that apply to `place`, the prevailing one first; their order is no matter.

    Equally specific ones ask the same, or nobody could have entered them: which is named first
    is settled by their axes.
    """
    applicable = sorted((rule for rule in rules if rule.applies_to(place)), key=_axes)
    return sorted(applicable, key=lambda rule: rule.specificity, reverse=True)


def prevailing(rules: Iterable[Rule], place: Place) -> Rule | None:
    """Return the rule to judge by, or nothing where the law states none for `place`."""
    return next(iter(considered(rules, place)), None)


def _axes(rule: Rule) -> tuple[str, str, str, str, int, int]:
    return rule.axes
