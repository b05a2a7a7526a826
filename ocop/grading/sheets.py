"""A score sheet, pure: parts, sections, items and options, each with its points."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to an item; without points where the copy of the sheet could not be read.

    `case` parts the options of an item that has two scales: an assessor uses one of them.
    """

    text: str
    points: Decimal | None
    case: int | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What an assessor gives points for.

    `least_by_stars` are the marks on the sheet: the fewest points for so many stars. A mark for
    three stars holds for four and five as well (our reading of QĐ 26/2026). `may_stop` says that
    the sheet names a case in which the product is not assessed any further.
    """

    code: str
    name: str
    most: Decimal
    options: tuple[Option, ...] = ()
    least_by_stars: Mapping[int, Decimal] = field(default_factory=dict)
    may_stop: bool = False
    note: str = ""
    evidence: str = ""

    @property
    def allowed(self) -> frozenset[Decimal]:
        """Return the points it can be given; where no option is printed, none or all of them."""
        printed = {option.points for option in self.options if option.points is not None}
        return frozenset(printed or {Decimal(0), self.most})

    def least_for(self, stars: int) -> Decimal | None:
        """Return the fewest points with which a product may still have `stars`."""
        marks = [least for star, least in self.least_by_stars.items() if star <= stars]
        return max(marks, default=None)


@dataclass(frozen=True, slots=True)
class Section:
    """Items that belong together."""

    code: str
    name: str
    most: Decimal | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the parts A, B and C."""

    code: str
    name: str
    most: Decimal | None
    sections: tuple[Section, ...]

    @property
    def items(self) -> Iterator[Item]:
        """Yield its items in the order of the sheet."""
        return (item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The score sheet of one product set in a scheme."""

    scheme_code: str
    name: str
    parts: tuple[Part, ...]
    number: int | None = None
    group: str = ""
    subgroup: str = ""
    disqualified_when: str = ""
    is_complete: bool = True

    @property
    def items(self) -> Iterator[Item]:
        """Yield all items in the order of the sheet."""
        return (item for part in self.parts for item in part.items)
