"""What the rules find in the values of one commune: pure, from numbers alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from criteria.quality.rules import Kind, Rule
from criteria.scoring.verdicts import Typed, Verdict

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Standing:
    """A value that stands, its verdict, and those of the rounds before, the latest first."""

    code: str
    kind: str
    typed: Typed
    verdict: str
    before: Sequence[Typed] = ()

    @property
    def number(self) -> Decimal | None:
        """Return the number, if it is one."""
        return self.typed if isinstance(self.typed, Decimal) else None

    @property
    def last(self) -> Decimal | None:
        """Return the number of the round before."""
        last = self.before[0] if self.before else None
        return last if isinstance(last, Decimal) else None


@dataclass(frozen=True, slots=True)
class Warned:
    """A value that a rule warns of: by how much, and the value it is held against."""

    rule: Rule
    code: str
    number: Decimal | None
    against: Decimal | None = None
    size: Decimal = Decimal(0)

    @property
    def rank(self) -> tuple[int, Decimal]:
        """Return how early it stands in a list, the smallest first."""
        return -self.rule.weight, -self.size


Look = Callable[[Rule, Standing, Mapping[str, Standing]], Warned | None]


def warnings_of(
    rules: Iterable[Rule], set_code: str, values: Mapping[str, Standing]
) -> list[Warned]:
    """Return what the rules find in the values of one commune, by code of what is measured."""
    asked = [rule for rule in rules if rule.kind in LOOKS and rule.asks_in(set_code)]
    found = [
        warned
        for rule in asked
        for value in values.values()
        if rule.asks_of(value.code, value.kind)
        and value.number is not None
        and (warned := LOOKS[rule.kind](rule, value, values))
    ]
    return sorted(found, key=lambda warned: warned.rank)


def _above(rule: Rule, value: Standing, _values: Mapping[str, Standing]) -> Warned | None:
    return _if_more(rule, value, value.number, rule.bound)


def _jump(rule: Rule, value: Standing, _values: Mapping[str, Standing]) -> Warned | None:
    if value.last is None or value.number is None or rule.bound is None:
        return None
    moved = abs(value.number - value.last)
    if rule.kind is Kind.JUMP_PERCENT:
        moved = HUNDRED * moved / abs(value.last) if value.last else Decimal(0)
    if moved <= rule.bound:
        return None
    return Warned(rule, value.code, value.number, value.last, moved)


def _copied(rule: Rule, value: Standing, _values: Mapping[str, Standing]) -> Warned | None:
    before = value.before[: rule.rounds - 1]
    if value.number in {Decimal(0), HUNDRED} or len(before) < rule.rounds - 1:
        return None
    is_same = all(typed == value.number for typed in before)
    return Warned(rule, value.code, value.number, value.last) if is_same else None


def _exceeds(rule: Rule, value: Standing, values: Mapping[str, Standing]) -> Warned | None:
    other = values.get(rule.other)
    return _if_more(rule, value, value.number, other.number if other else None)


def _contradicts(rule: Rule, value: Standing, values: Mapping[str, Standing]) -> Warned | None:
    other = values.get(rule.other)
    if value.number != rule.equals:
        return None
    found = _if_more(rule, value, other.number if other else None, rule.bound)
    return found and Warned(rule, value.code, value.number, other.number if other else None)


def _met_while_not(rule: Rule, value: Standing, values: Mapping[str, Standing]) -> Warned | None:
    other = values.get(rule.other)
    if other is None or (value.verdict, other.verdict) != (Verdict.MET, Verdict.NOT_MET):
        return None
    return Warned(rule, value.code, value.number, other.number)


def _if_more(
    rule: Rule, value: Standing, number: Decimal | None, bound: Decimal | None
) -> Warned | None:
    if number is None or bound is None or number <= bound:
        return None
    return Warned(rule, value.code, value.number, bound, number - bound)


LOOKS: Mapping[Kind, Look] = {
    Kind.ABOVE: _above,
    Kind.JUMP: _jump,
    Kind.JUMP_PERCENT: _jump,
    Kind.COPIED: _copied,
    Kind.EXCEEDS: _exceeds,
    Kind.CONTRADICTS: _contradicts,
    Kind.MET_WHILE_NOT: _met_while_not,
}
