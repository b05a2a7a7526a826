"""Reporting rounds: opened, closed, published; a published round is frozen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from criteria.models.sets import CriteriaSet
from criteria.querysets import RoundQuerySet


class ReportingRound(models.Model):
    """A round such as 2020-Q4: figures as of `reference_date`, typed until `due_on`."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        PUBLISHED = "published", _("published")

    code = models.CharField(_("code"), max_length=20, unique=True)
    reference_date = models.DateField(_("reference date"), unique=True)
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(_("due on"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    is_demonstration = models.BooleanField(_("demonstration data"), default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["reference_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="round_due_after_open"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Tell whether values may be typed."""
        return self.status == self.Status.OPEN

    @property
    def is_closed(self) -> bool:
        """Tell whether values may be typed only with a reason: after it closed, unpublished."""
        return self.status == self.Status.CLOSED

    @property
    def is_frozen(self) -> bool:
        """Tell whether its figures may never move."""
        return self.status == self.Status.PUBLISHED


class KeptLaw(models.Model):
    """The law of a set as a round was judged by it, written down when the round closed."""

    round = models.ForeignKey(ReportingRound, models.CASCADE, related_name="kept_laws")
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="+")
    law = models.JSONField()

    class Meta:
        ordering = ["round_id", "criteria_set_id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "criteria_set"], name="kept_law_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.criteria_set}"


class RoundEvent(models.Model):
    """Who opened, closed, published or reopened a round, when and why."""

    round = models.ForeignKey(ReportingRound, models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    from_status = models.CharField(max_length=10, blank=True)
    to_status = models.CharField(max_length=10, choices=ReportingRound.Status)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.round}: {self.from_status} → {self.to_status}"
