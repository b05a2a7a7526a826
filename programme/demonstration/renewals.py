"""What became of invented certificates since: rated anew, lapsed, about to end, pending, revoked.

The rounds of 2020 rest on the first awards, which nothing here changes: every later award begins
after them. So on the day of the loading some certificates are in force, and some of these end
within six, three and one months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from ocop.grading import competent_levels, last_valid_day, scheme_on
from ocop.models import Certificate, Evaluation, Level
from ocop.rulebooks import awarded_stars, schemes
from programme.demonstration.scores import totals

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Sequence

LAPSES = 0.18  # of the certificates that end, those whose product nobody rated anew
ENDS_SOON = 0.06  # of the products, those timed to end within half a year of the loading
PENDING = 0.1  # of the four stars of the last year, those proposed for five
REVOKED = 0.01  # of the later awards
MORE, FEWER = 0.12, 0.05
EARLIEST = date(2021, 6, 1)  # after every round of 2020
BEFORE_THE_END, HALF_A_YEAR, A_YEAR = 60, 183, 365
SCORED_BEFORE, FILED_BEFORE = timedelta(days=24), timedelta(days=60)
CONCLUDED_AT = time(16, 30, tzinfo=UTC)
*_OTHERS, POTENTIAL, MOST = awarded_stars()  # who has the second most may be proposed for the most
NUMBERS = {
    Level.DISTRICT: "MINH HỌA-{:%d%m%y}/QĐ-UBND-H",
    Level.PROVINCE: "MINH HỌA-{:%d%m%y}/QĐ-UBND",
    Level.NATION: "MINH HỌA-{:%d%m%y}/QĐ-BNN",
}
REASON = "Minh họa: không còn giữ được điều kiện của hạng sao."


# The day of the next award of a certificate, as it stands on the day of the loading.
Choice: TypeAlias = "Callable[[random.Random, Certificate, date], date | None]"


@dataclass(frozen=True, slots=True)
class Later:
    """A later award of a product, after the certificate before it."""

    before: Certificate
    on: date
    stars: int
    is_pending: bool

    @property
    def earned(self) -> int:
        """Return the stars that the score earns; the fifth waits for the centre."""
        return MOST if self.is_pending else self.stars

    @property
    def level(self) -> Level:
        """Return the level that may award them on the day."""
        scheme = scheme_on(schemes(), self.on)
        return Level(competent_levels(scheme, self.stars, self.on)[0]) if scheme else Level.PROVINCE

    @property
    def kind(self) -> Certificate.Kind:
        """Return what the award is, beside the one before."""
        if self.stars == self.before.stars:
            return Certificate.Kind.RENEWAL
        is_more = self.stars > self.before.stars
        return Certificate.Kind.UPGRADE if is_more else Certificate.Kind.DOWNGRADE


def renew(chance: random.Random, first: Iterable[Certificate], today: date) -> None:
    """Write what followed the first certificates of a province, up to `today`."""
    held = [row for row in first if row.revoked_on is None]
    days: Choice = _timed_to_end
    while held:
        found = [(row, days(chance, row, today)) for row in held]
        later = [_later(chance, row, on, today) for row, on in found if on and on <= today]
        held, days = _write(chance, later, today), _anew


def _timed_to_end(chance: random.Random, row: Certificate, today: date) -> date | None:
    """Return the day of an award that ends within half a year of `today`, for a few."""
    if chance.random() >= ENDS_SOON:
        return _anew(chance, row, today)
    ends = today + timedelta(days=chance.randint(3, HALF_A_YEAR))
    begins = ends - timedelta(days=round(_months(ends) * 30.4375))
    return begins if begins >= EARLIEST else _anew(chance, row, today)


def _months(day: date) -> int:
    """Return how long a certificate given on `day` is valid."""
    scheme = scheme_on(schemes(), day)
    if scheme is None:
        raise LookupError(day)
    return scheme.validity_months


def _anew(chance: random.Random, row: Certificate, _today: date) -> date | None:
    """Return the day on which it is awarded anew, a little before it ends; none if it lapses."""
    if chance.random() < LAPSES:
        return None
    return max(row.valid_to - timedelta(days=chance.randint(0, BEFORE_THE_END)), EARLIEST)


def _later(chance: random.Random, row: Certificate, on: date, today: date) -> Later:
    drawn = chance.random()
    step = 1 if drawn < MORE else -1 if drawn > 1 - FEWER else 0
    stars = min(max(row.stars + step, min(awarded_stars())), MOST)
    is_recent = stars == POTENTIAL and (today - on).days < A_YEAR
    return Later(row, on, stars, is_recent and chance.random() < PENDING)


def _write(chance: random.Random, later: Sequence[Later], today: date) -> list[Certificate]:
    """Write evaluations and certificates; return those that may be followed by others."""
    scored = [_evaluation(chance, award) for award in later]
    Evaluation.objects.bulk_create(scored, batch_size=2000)
    made = [_certificate(award, found) for award, found in zip(later, scored, strict=True)]
    for row in made:
        if chance.random() < REVOKED:
            _revoke(row, min(today, row.valid_from + timedelta(days=chance.randint(30, 300))))
    Certificate.objects.bulk_create(made, batch_size=2000)
    replaced = []
    for award, row in zip(later, made, strict=True):
        if award.before.valid_to >= award.on:
            award.before.revoked_on, award.before.superseded_by = award.on, row
            replaced.append(award.before)
    Certificate.objects.bulk_update(replaced, ["revoked_on", "superseded_by"], batch_size=500)
    return [row for row in made if row.revoked_on is None]


def _evaluation(chance: random.Random, award: Later) -> Evaluation:
    evaluated = award.on - SCORED_BEFORE
    scheme = scheme_on(schemes(), evaluated)
    low, high = totals(scheme, award.earned) if scheme else (0, 0)
    total = Decimal(chance.randint(low * 10, high * 10)) / 10
    product = award.before.product
    asked = scheme.conditions_of(product.group) if scheme else ()
    return Evaluation(
        product=product,
        kind=Evaluation.Kind.UPGRADE if award.earned > award.before.stars else "renewal",
        level=award.level,
        filed_on=award.on - FILED_BEFORE,
        evaluated_on=evaluated,
        scheme_code=scheme.code if scheme else "",
        answers={item.code: True for item in asked if item.text and item.stars <= award.earned},
        rounding="none",
        mean=total,
        total=total,
        band=award.earned,
        stars=award.earned,
        minimum_met=True,
        concluded_at=datetime.combine(evaluated, CONCLUDED_AT),
        recorded_by_id=award.before.recorded_by_id,
    )


def _certificate(award: Later, evaluation: Evaluation) -> Certificate:
    return Certificate(
        product=evaluation.product,
        evaluation=evaluation,
        kind=award.kind,
        stars=award.stars,
        decided_by_level=award.level,
        decision_number=NUMBERS[award.level].format(award.on),
        valid_from=award.on,
        valid_to=last_valid_day(award.on, months=_months(award.on)),
        is_potential_five=award.is_pending,
        recorded_by_id=evaluation.recorded_by_id,
        is_demonstration=True,
    )


def _revoke(row: Certificate, on: date) -> None:
    row.revoked_on, row.revocation_reason, row.is_potential_five = on, REASON, False
    row.revoked_by_decision = NUMBERS[Level(row.decided_by_level)].format(on)
