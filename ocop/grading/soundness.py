"""Whether a score sheet may judge, pure: what does not add up in it, and why."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ocop.grading.schemes import PartRule
from ocop.grading.sheets import Item, Part, Section, Sheet


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, as a code, where it is, and the two numbers that should agree."""

    code: str
    where: str = ""
    found: Decimal | None = None
    expected: Decimal | None = None


def faults_of(sheet: Sheet, rules: Sequence[PartRule]) -> Iterator[Fault]:
    """Yield every reason why the sheet may judge nothing; none: it is sound."""
    if not any(True for _item in sheet.items):
        yield Fault("empty")
        return
    if not sheet.is_complete:
        yield Fault("fragment")
    counted = Counter(item.code for item in sheet.items)
    yield from (Fault("repeated", code) for code, number in counted.items() if number > 1)
    by_code = {part.code: part for part in sheet.parts}
    for rule in rules:
        if rule.code not in by_code:
            yield Fault("no-part", rule.code, None, rule.most)
        else:
            yield from _part_faults(by_code[rule.code], rule.most)
    known = {rule.code for rule in rules}
    yield from (Fault("unknown-part", part.code) for part in sheet.parts if part.code not in known)


def _part_faults(part: Part, expected: Decimal) -> Iterator[Fault]:
    total = sum((item.most for item in part.items), start=Decimal(0))
    if total != expected:
        yield Fault("part-sum", part.code, total, expected)
    for section in part.sections:
        yield from _section_faults(section)


def _section_faults(section: Section) -> Iterator[Fault]:
    if not section.items:
        yield Fault("empty-section", section.code)
    total = sum((item.most for item in section.items), start=Decimal(0))
    if section.most is not None and total != section.most:
        yield Fault("section-sum", section.code, total, section.most)
    for item in section.items:
        yield from _item_faults(item)


def _item_faults(item: Item) -> Iterator[Fault]:
    best = max((option.points for option in item.options if option.points is not None), default=0)
    if item.options and best != item.most:
        yield Fault("item-most", item.code, Decimal(best), item.most)
    if any(option.points is not None and option.points < 0 for option in item.options):
        yield Fault("negative", item.code)
    for least in item.least_by_stars.values():
        if least > item.most:
            yield Fault("mark-too-high", item.code, least, item.most)
