"""What was officially published: reference beside the portal's own figures, never among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date

# The portal's metric that counts the same; other figures are kept and shown to nobody beside.
METRIC_OF = {
    "communes_certified_pct": "communes_certified_share",
    "avg_criteria_per_commune": "criteria_met_average",
    "districts_recognised": "district_units_recognised",
    "ocop_products": "ocop_products_standardised",
}


class PublishedQuerySet(models.QuerySet["PublishedFigure"]):
    """Published figures by place and metric."""

    def of(self, unit_code: str, metric: str = "") -> PublishedQuerySet:
        """Keep those of a unit, of one metric of the portal or of any, the oldest first."""
        return self._counting(metric).filter(unit_code=unit_code)

    def of_region(self, code: str) -> PublishedQuerySet:
        """Keep those of a region, of any metric of the portal, the oldest first."""
        return self._counting("").filter(region=code)

    def _counting(self, metric: str) -> PublishedQuerySet:
        figures = [name for name, code in METRIC_OF.items() if metric in {"", code}]
        return self.filter(figure__in=figures).order_by("day", "pk")

    def until(self, day: date) -> PublishedQuerySet:
        """Keep those of this day or an earlier one."""
        return self.filter(day__lte=day)


class PublishedFigure(models.Model):
    """A figure somebody published, of a unit or a region on a day, with its source as found.

    Several sources may give several values for one day: all are kept.
    """

    class Certainty(models.TextChoices):
        READ = "read", _("read in the source")
        READ_NEAR = "read_near", _("read, the day is not stated exactly")
        DERIVED = "derived", _("worked out from what the source says")
        RECALLED = "recalled", _("recalled, no source was read")

    day = models.DateField(_("day"))
    figure = models.CharField(_("figure"), max_length=60)
    unit_code = models.CharField(max_length=10, blank=True)
    region = models.CharField(max_length=20, blank=True)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=30)
    certainty = models.CharField(max_length=10, choices=Certainty)
    source = models.CharField(_("source"), max_length=200)
    note = models.CharField(max_length=300, blank=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        ordering = ["day", "figure", "unit_code", "region", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "figure", "unit_code", "region", "source"],
                name="published_figure_is_unique",
            ),
            models.CheckConstraint(
                condition=Q(unit_code="", region__gt="") | Q(unit_code__gt="", region=""),
                name="published_of_unit_or_region",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.unit_code}{self.region} {self.day}"

    @property
    def metric(self) -> str:
        """Return the metric of the portal that counts the same; empty where there is none."""
        return METRIC_OF.get(self.figure, "")
