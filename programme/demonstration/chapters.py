"""What one commune reports, round by round: its figures and the way of its assessment; no rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from programme.demonstration.courses import Progress, progress
from programme.demonstration.figures import Asked, default_level, number
from programme.demonstration.latent import Commune, gaps, stream
from programme.demonstration.story import TOLD, Course
from programme.demonstration.values import Figure, Figures, history, tell

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal

    from criteria.assessment import Judge
    from criteria.models import ReportingRound
    from criteria.scoring.judging import SetSpec
    from criteria.scoring.thresholds import Place, Rule
    from criteria.scoring.verdicts import Typed
    from programme.demonstration.story import Told

# Of six drafts, how many numbers were taken away because the new ones are awaited; of certified
# communes hardly any.
TAKEN_AWAY = (0, 0, 1, 2, 3, 4)
TAKEN_AWAY_CERTIFIED = (0, 0, 0, 0, 0, 2)
MENDED_MARGIN = 0.2


@dataclass(frozen=True, slots=True)
class Stage:
    """A round to be filled, and the judge of its day."""

    round: ReportingRound
    judge: Judge
    is_over: bool
    carried_from: str  # the code of the round before; empty for the first


@dataclass(frozen=True, slots=True)
class Chapter:
    """A commune in a round; `verified` holds its numbers as last verified, if they ever were."""

    commune: Commune
    stage: Stage
    place: Place
    progress: Progress
    figures: Figures
    index: int  # how many rounds came before this one
    typed_at: tuple[datetime, ...]  # by round up to this one, then when it was changed again
    verified: Mapping[int, Typed] | None

    @property
    def numbers(self) -> dict[int, Typed]:
        """Return the numbers as they are typed, by measure id."""
        return numbers_of(self.figures)

    @property
    def typed_codes(self) -> list[str]:
        """Return the codes of the measures that stand otherwise than they were verified."""
        verified = self.verified or {}
        measures = self.stage.judge.spec.measures
        return [item.code for item in measures if self.numbers[item.id] != verified.get(item.id)]


def asked_of(spec: SetSpec, rules: Mapping[int, Rule | None]) -> list[Asked]:
    """Return the measures of a set with the levels that apply in a place."""
    return [
        Asked(
            id=measure.id,
            code=measure.code,
            criterion_code=criterion.code,
            kind=measure.kind,
            comparator=measure.comparator,
            level=level if (level := _level(rules[measure.id])) is not None else default,
        )
        for criterion in spec.criteria
        for indicator in criterion.indicators
        for measure in indicator.measures
        for default in [default_level(measure.kind)]
    ]


def chapters(
    seed: int, commune: Commune, places: Sequence[Place], stages: Sequence[Stage]
) -> Iterator[Chapter]:
    """Yield what a commune reports in each round; its stream of chance decides all of it."""
    chance = stream(seed, "figures", commune.code)
    last = stages[-1].judge
    asked = asked_of(last.spec, last.rules_for(places[-1]))
    lacking = gaps(seed, commune)
    taken_away = TAKEN_AWAY if lacking[-1] > 0 else TAKEN_AWAY_CERTIFIED
    rounds = history(chance, lacking, commune.region_code, asked)
    told = TOLD.get(commune.code)
    if told:
        tell(rounds, told, asked)
    typed_at: tuple[datetime, ...] = ()
    for index, (stage, place, figures) in enumerate(zip(stages, places, rounds, strict=True)):
        way = progress(chance, commune, stage.round, is_over=stage.is_over)
        typed_at += (way.typed_at, *way.changed_at)
        verified = numbers_of(figures) if way.is_verified_once else None
        if not stage.is_over:
            missing = _missing(chance, way.course, asked, told, taken_away)
            _take_away(index, figures, missing)
            if way.course is Course.CHANGED:
                _mend(index, figures, asked)
        yield Chapter(commune, stage, place, way, figures, index, typed_at, verified)


def _missing(
    chance: random.Random,
    course: Course,
    asked: Sequence[Asked],
    told: Told | None,
    counts: Sequence[int],
) -> list[Asked]:
    """Return the measures for which nothing is typed in a draft."""
    if told:
        return [item for item in asked if item.code in told.missing]
    if course is not Course.DRAFT:
        return []
    measured = [item for item in asked if item.is_remeasured]
    return chance.sample(measured, chance.choice(counts))


def _mend(index: int, figures: Figures, asked: Iterable[Asked]) -> None:
    """Change two numbers, carried until then, for the better after they were verified."""
    carried = [item for item in asked if item.is_remeasured and figures[item.id].typed_in < index]
    short = [item for item in carried if not figures[item.id].holds]
    for item in (short or carried)[:2]:
        old = figures[item.id].number
        figures[item.id] = Figure(number(item, MENDED_MARGIN), old, index + 1, holds=True)


def _take_away(index: int, figures: Figures, asked: Iterable[Asked]) -> None:
    for item in asked:
        figure = figures[item.id]
        old = figure.before if figure.typed_in == index else figure.number
        figures[item.id] = Figure(None, old, index, holds=False)


def numbers_of(figures: Figures) -> dict[int, Typed]:
    """Return the numbers alone, by measure id."""
    return {pk: figure.number for pk, figure in figures.items()}


def _level(rule: Rule | None) -> Decimal | None:
    return rule.value if rule else None
