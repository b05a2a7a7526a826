"""Why something was entered after its round had closed; each reason stands as it was given."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from criteria.models.rounds import RoundEvent

LONGEST_REASON = 500


class LateEntryQuerySet(models.QuerySet["LateEntry"]):
    """Reasons by whether they still stand."""

    def standing(self) -> LateEntryQuerySet:
        """Keep those since which nothing was verified and the round took no other step."""
        later_step = RoundEvent.objects.filter(
            round=OuterRef("assessment__round"), at__gt=OuterRef("at")
        )
        verified = Q(assessment__verified_at__gte=F("at"))
        return self.exclude(verified).filter(~Exists(later_step))


class LateEntry(models.Model):
    """One person's reason to enter in one assessment after its round had closed."""

    assessment = models.ForeignKey(
        "criteria.Assessment", models.CASCADE, related_name="late_entries"
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON)

    objects = LateEntryQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="late_entry_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.reason}"
