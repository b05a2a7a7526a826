"""From the marks of the assessors to stars, pure, with the reason down to the item."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from ocop.grading.schemes import Band, Condition, Scheme
from ocop.grading.sheets import Item, Sheet

NO_STARS = 0
LEAST_TOTAL, GREATEST_TOTAL = Decimal(0), Decimal(100)


class Rounding(StrEnum):
    """What is done to a mean before it is compared with the bands; the law does not say.

    The bands of 2019 are written in whole points: 89.5 stands in none of them.
    """

    NONE = "none"
    DOWN = "down"
    HALF_UP = "half-up"

    def apply(self, mean: Decimal) -> Decimal:
        """Return the mean as it is compared."""
        if self is Rounding.NONE:
            return mean
        how = ROUND_DOWN if self is Rounding.DOWN else ROUND_HALF_UP
        return mean.quantize(Decimal(1), rounding=how)


@dataclass(frozen=True, slots=True)
class Marks:
    """What one assessor gave: points by item, or by part where there is no score sheet."""

    assessor: str
    points: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        """Return the sum."""
        return sum(self.points.values(), start=LEAST_TOTAL)


@dataclass(frozen=True, slots=True)
class Line:
    """A part, a section or an item: what each assessor gave, the mean, and the most there is."""

    code: str
    name: str
    depth: int
    most: Decimal | None
    given: tuple[Decimal, ...]
    mean: Decimal


@dataclass(frozen=True, slots=True)
class Cap:
    """A minimum condition or a mark of the sheet that is not met: no more stars than `stars`."""

    code: str
    stars: int
    text: str
    given: Decimal | None = None
    least: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """The result: score and minimum kept apart, and what the stars come to.

    `open_conditions` are asked of the product and not answered yet.
    """

    mean: Decimal
    total: Decimal
    band: int
    caps: tuple[Cap, ...]
    stars: int
    lines: tuple[Line, ...]
    open_conditions: tuple[Condition, ...]
    is_disqualified: bool = False

    @property
    def minimum_met(self) -> bool:
        """Tell whether nothing but the score decided."""
        return not self.is_disqualified and self.stars == self.band


def stars(total: Decimal, *, bands: Iterable[Band], caps: Iterable[int] = ()) -> int:
    """Return the stars of a total, never more than the lowest of the caps.

    A mean between two whole-point bands of 2019 stays in the lower one unless it is rounded.
    """
    if not LEAST_TOTAL <= total <= GREATEST_TOTAL:
        raise ValueError(total)
    earned = max((band.stars for band in bands if total >= band.least), default=NO_STARS)
    return min([earned, *caps])


def grade(  # each argument is one thing that the law asks about
    scheme: Scheme,
    marks: Sequence[Marks],
    *,
    sheet: Sheet | None = None,
    group: str = "",
    answers: Mapping[str, bool] | None = None,
    rounding: Rounding = Rounding.NONE,
    is_disqualified: bool = False,
) -> Grade:
    """Return what the assessors' marks come to; the mean of their totals is compared.

    `answers` says of each minimum condition, by code, whether it is met.
    """
    if not marks:
        raise ValueError(marks)
    answers = answers or {}
    mean = sum((each.total for each in marks), start=LEAST_TOTAL) / len(marks)
    total = rounding.apply(mean)
    band = stars(total, bands=scheme.bands)
    asked = scheme.conditions_of(group)
    caps = (*_failed(asked, answers), *(_short(sheet, marks) if sheet else ()))
    earned = min([band, *(cap.stars for cap in caps)])
    return Grade(
        mean=mean,
        total=total,
        band=band,
        caps=tuple(cap for cap in caps if cap.stars < band),
        stars=NO_STARS if is_disqualified else earned,
        lines=tuple(_by_item(sheet, marks) if sheet else _by_part(scheme, marks)),
        open_conditions=tuple(
            item for item in asked if item.text and item.code not in answers and item.stars <= band
        ),
        is_disqualified=is_disqualified,
    )


def _failed(asked: Iterable[Condition], answers: Mapping[str, bool]) -> Iterator[Cap]:
    for item in asked:
        if answers.get(item.code) is False:
            yield Cap(item.code, item.stars - 1, item.text)


def _short(sheet: Sheet, marks: Sequence[Marks]) -> Iterator[Cap]:
    """Yield the marks of the sheet that the mean does not reach, the strictest of each item."""
    for item in sheet.items:
        mean = _mean([each.points.get(item.code, LEAST_TOTAL) for each in marks])
        for star in sorted(item.least_by_stars):
            least = item.least_for(star)
            if least is not None and mean < least:
                yield Cap(item.code, star - 1, item.name, mean, least)
                break


def _by_item(sheet: Sheet, marks: Sequence[Marks]) -> Iterator[Line]:
    for part in sheet.parts:
        yield _sum_line(part.code, part.name, 0, part.most, tuple(part.items), marks)
        for section in part.sections:
            yield _sum_line(section.code, section.name, 1, section.most, section.items, marks)
            for item in section.items:
                yield _sum_line(item.code, item.name, 2, item.most, (item,), marks)


def _by_part(scheme: Scheme, marks: Sequence[Marks]) -> Iterator[Line]:
    for part in scheme.parts:
        given = tuple(each.points.get(part.code, LEAST_TOTAL) for each in marks)
        yield Line(part.code, part.name, 0, part.most, given, _mean(given))


def _sum_line(
    code: str,
    name: str,
    depth: int,
    most: Decimal | None,
    items: Sequence[Item],
    marks: Sequence[Marks],
) -> Line:
    given = tuple(
        sum((each.points.get(item.code, LEAST_TOTAL) for item in items), start=LEAST_TOTAL)
        for each in marks
    )
    return Line(code, name, depth, most, given, _mean(given))


def _mean(given: Sequence[Decimal]) -> Decimal:
    return sum(given, start=LEAST_TOTAL) / len(given)
