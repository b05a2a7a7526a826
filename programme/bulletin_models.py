"""Who gets the bulletin of which unit, and how each target stood when that was last looked at."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Subscription(models.Model):
    """A person who wants the bulletin of a unit, until she ends it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions"
    )
    unit_code = models.CharField(max_length=10)
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["unit_code", "begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit_code"],
                condition=Q(ended_at__isnull=True),
                name="subscription_runs_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.unit_code}"


class TargetState(models.Model):
    """Whether a target was met when it last could be said, and how often that has turned."""

    target = models.OneToOneField("programme.Target", models.CASCADE, related_name="state")
    is_met = models.BooleanField()
    turns = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        ordering = ["target_id"]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.is_met}"
