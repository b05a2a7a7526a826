"""The named metrics of the programme, each worked out from the counters of a summary."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise


class Kind(StrEnum):
    """What sort of number a metric gives."""

    COUNT = "count"
    PERCENT = "percent"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Metric:
    """The sum of some counters, for a percentage or a mean divided by one more.

    A metric `of_the_year` begins again at nothing on 1 January. `is_judged` says that it rests on
    verdicts: it differs between what is reported and what is verified, and a commune that was not
    assessed may still change it. `counts` says what is counted where two readings are possible.
    """

    code: str
    label: _StrPromise
    unit: _StrPromise | str
    counters: tuple[str, ...]
    kind: Kind = Kind.COUNT
    per: str = ""
    is_judged: bool = False
    of_the_year: bool = False
    counts: _StrPromise | str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        """Return every counter the value is made of."""
        return (*self.counters, self.per) if self.per else self.counters

    def value(self, counters: Mapping[str, int]) -> Decimal | None:
        """Return the value, or nothing when there is nothing to divide by."""
        total = Decimal(sum(counters[name] for name in self.counters))
        if not self.per:
            return total
        scale = 100 if self.kind is Kind.PERCENT else 1
        return total * scale / counters[self.per] if counters[self.per] else None


class UnknownMetricError(LookupError):
    """Name the metric that does not exist, and those that do."""

    def __str__(self) -> str:
        return f"There is no metric “{self.args[0]}”; there are: {', '.join(METRICS)}."


def metric(code: str) -> Metric:
    """Return the metric of this code, or raise UnknownMetricError."""
    if (found := METRICS.get(code)) is None:
        raise UnknownMetricError(code)
    return found


_COMMUNES = pgettext_lazy("unit of a figure", "communes")

METRICS = {
    item.code: item
    for item in (
        Metric(
            "communes_certified_share",
            _("Communes certified"),
            "%",
            ("certified",),
            Kind.PERCENT,
            per="communes",
        ),
        Metric(
            "communes_meeting_all_share",
            _("Communes that meet all criteria"),
            "%",
            ("meets_all",),
            Kind.PERCENT,
            per="communes",
            is_judged=True,
        ),
        Metric(
            "communes_below_10",
            _("Communes that meet fewer than 10 criteria"),
            _COMMUNES,
            ("below_10",),
            is_judged=True,
        ),
        Metric(
            "criteria_met_average",
            _("Criteria met, on average per commune assessed"),
            _("criteria"),
            ("criteria_met",),
            Kind.MEAN,
            per="assessed",
            is_judged=True,
        ),
        Metric(
            "district_units_recognised",
            _("District-level units recognised"),
            _("units"),
            ("districts_recognised",),
        ),
        Metric(
            "ocop_products_standardised",
            _("OCOP products standardised"),
            _("products"),
            ("ocop_3_stars", "ocop_4_stars", "ocop_5_stars"),
            counts=_(
                "Products with a certificate of 3 stars or more in force on the day; one whose "
                "certificate ended or was revoked counts no more."
            ),
        ),
        Metric(
            "ocop_products_granted",
            _("OCOP products granted 3 stars or more so far"),
            _("products"),
            ("ocop_granted",),
            counts=_(
                "Products that were granted a certificate of 3 stars or more by the day, whatever "
                "became of it since."
            ),
        ),
        Metric(
            "ocop_new_producers",
            _("Enterprises and cooperatives that joined OCOP this year"),
            pgettext_lazy("unit of a figure", "enterprises and cooperatives"),
            ("ocop_new_producers",),
            of_the_year=True,
        ),
        Metric(
            "cooperatives_effective",
            _("Agricultural cooperatives that work effectively"),
            pgettext_lazy("unit of a figure", "cooperatives"),
            ("cooperatives_effective",),
        ),
    )
}
