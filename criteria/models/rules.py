"""Who confirmed a rule of recognition, which the portal ships as a file."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from criteria.models.sets import Confidence


class RuleConfirmation(models.Model):
    """What was read of a fact that was recalled or unknown, by whom and when; never changed.

    `words` says what the law asks and `answer` whom or what it names, where nobody knew before.
    """

    key = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    old_confidence = models.CharField(max_length=12, choices=Confidence)
    old_legal_ref = models.CharField(max_length=400, blank=True)
    answer = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    legal_ref = models.CharField(max_length=400)
    source = models.TextField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.key}: {self.old_confidence}, {self.legal_ref}"
