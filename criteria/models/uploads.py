"""Workbooks that wait for a yes, and how a person's own sheets are laid out."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from criteria.models.rounds import ReportingRound
from criteria.models.sets import CriteriaSet


class ValueUpload(models.Model):
    """A workbook as it was sent, with what was read of it; only its owner ever sees it.

    `entries` are [assessment id, measure code, value, version seen], `faults` and `notices`
    [sentence, sheet, row, column, is it a notice]. The file is read once: what was shown is what
    is applied.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    round = models.ForeignKey(ReportingRound, models.CASCADE, related_name="+")
    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="+")
    file = models.FileField(upload_to="workbooks/%Y/%m")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=40, blank=True)
    is_read = models.BooleanField(default=False)
    entries = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_values = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["expires_at"], name="upload_by_expiry")]

    def __str__(self) -> str:
        return self.name


class ColumnMapping(models.Model):
    """Which column of a person's own sheet holds what, known again by the sheet's headings.

    A colleague of the same province is offered it too.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    province_code = models.CharField(max_length=10, blank=True)
    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    unit_column = models.PositiveSmallIntegerField()
    columns = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "criteria_set", "signature"], name="mapping_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.signature[:8]}"
