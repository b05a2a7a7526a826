"""Formal recognition: a decision, not a computation; its documents, and every step of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from criteria.querysets import RecognitionQuerySet
from ntm_portal.lib.uploads import StoredFile


class Recognition(models.Model):
    """A decision that a unit meets a standard (công nhận đạt chuẩn), QĐ 2540/QĐ-TTg of 2016.

    The year of the standard is apart from the date of the decision: Hương Sơn reached the
    standard of 2020 by a decision of 27/4/2022. One that another decision replaced
    (`superseded_by`) ended without being revoked. `merger_status` says how a title came through
    a merger by the rule `merger_rule` of the shipped law; a lost one was never in force.
    """

    class Standard(models.TextChoices):
        NTM = "ntm", _("new rural standard")
        ADVANCED = "advanced", _("advanced new rural standard")
        MODEL = "model", _("model new rural standard")
        COMPLETED = "completed", _("new rural task completed")

    class MergerStatus(models.TextChoices):
        INHERITED = "inherited", _("inherited, not yet acknowledged")
        ACKNOWLEDGED = "acknowledged", _("acknowledged after a merger")
        RECOGNISED_ANEW = "recognised_anew", _("recognised anew after a merger")
        LOST = "lost", _("lost by a merger")

    unit_day = "decision_date"  # of which the unit is meant
    unit = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="recognitions")
    standard = models.CharField(_("standard"), max_length=10, choices=Standard)
    standard_year = models.PositiveSmallIntegerField(_("year of the standard"))
    decision_number = models.CharField(_("decision number"), max_length=100)
    decision_date = models.DateField(_("decision date"))
    authority = models.CharField(_("decided by"), max_length=200)
    authority_level = models.CharField(
        max_length=10, choices=AdministrativeUnit.Level, blank=True, default="", db_default=""
    )
    exception_reason = models.TextField(
        _("why it was recognised although a condition fails"), blank=True, default="", db_default=""
    )
    merger_status = models.CharField(
        max_length=20, choices=MergerStatus, blank=True, default="", db_default=""
    )
    merger_rule = models.CharField(max_length=40, blank=True, default="", db_default="")
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_by_decision = models.CharField(max_length=100, blank=True)
    revocation_reason = models.TextField(blank=True, default="", db_default="")
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
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
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | Q(revoked_on__isnull=False),
                name="recognition_superseded_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.decision_number}"

    @property
    def is_revoked(self) -> bool:
        """Tell whether it was taken away; being replaced or lost by a merger is not that."""
        is_lost = self.merger_status == self.MergerStatus.LOST
        return self.revoked_on is not None and self.superseded_by_id is None and not is_lost


class RecognitionDocument(StoredFile):
    """A paper of a recognition as it was sent in."""

    class Purpose(models.TextChoices):
        DECISION = "decision", _("decision of recognition")
        REVOCATION = "revocation", _("decision of revocation")

    recognition = models.ForeignKey(Recognition, models.CASCADE, related_name="documents")
    purpose = models.CharField(max_length=10, choices=Purpose)
    file = models.FileField(upload_to="recognitions/%Y")


class RecognitionEvent(models.Model):
    """One step of a recognition; never changed. `conditions` are as they stood at that moment."""

    class Kind(models.TextChoices):
        RECORDED = "recorded", _("recorded")
        REVOKED = "revoked", _("revoked")
        SUPERSEDED = "superseded", _("replaced by another decision")
        SETTLED = "settled", _("settled after a change of the map")

    recognition = models.ForeignKey(Recognition, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    effective_on = models.DateField()
    decision_number = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    conditions = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.recognition_id}: {self.kind}, {self.effective_on}"
