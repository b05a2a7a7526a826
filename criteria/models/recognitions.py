"""Formal recognition: a decision, not a computation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from criteria.models.sets import CriteriaSet
from criteria.querysets import RecognitionQuerySet


class Recognition(models.Model):
    """A decision that a unit meets a standard (công nhận đạt chuẩn), QĐ 2540/QĐ-TTg of 2016.

    The year of the standard is apart from the date of the decision: Hương Sơn reached the
    standard of 2020 by a decision of 27/4/2022.
    """

    unit = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="recognitions")
    standard = models.CharField(_("standard"), max_length=10, choices=CriteriaSet.Standard)
    standard_year = models.PositiveSmallIntegerField(_("year of the standard"))
    decision_number = models.CharField(_("decision number"), max_length=100)
    decision_date = models.DateField(_("decision date"))
    authority = models.CharField(_("decided by"), max_length=200)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_by_decision = models.CharField(max_length=100, blank=True)
    is_demonstration = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        ordering = ["unit__code", "decision_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "standard", "decision_number"], name="recognition_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("decision_date")),
                name="recognition_revoked_after_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.decision_number}"
