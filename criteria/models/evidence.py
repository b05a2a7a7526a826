"""What stands behind a value: files that prove it and notes about it; taken back, never erased."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from criteria.models.assessments import Assessment
from criteria.models.sets import Measure
from ntm_portal.lib.uploads import StoredFile


class Evidence(StoredFile):
    """A file that proves a value of an assessment, also one that is still to be typed."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="evidence")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    file = models.FileField(upload_to="evidence/%Y/%m")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(StoredFile.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "measure", "sha256"],
                condition=models.Q(withdrawn_at=None),
                name="evidence_is_attached_once",
            ),
        ]


class ValueNote(models.Model):
    """What somebody remarked on a value; never changed."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="notes")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]
