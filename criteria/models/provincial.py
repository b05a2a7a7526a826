"""What provinces decide where the law leaves it to them, and who confirmed what nobody had read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models import AdministrativeUnit
from criteria.models.sets import Confidence, CriteriaSet, Threshold


class ProvincialDecision(models.Model):
    """Levels that a province set by one decision; a draft changes nothing until it is enacted.

    `proposal` keeps a draft as it was typed, by the field's name, so that nothing is lost before
    it holds. A second entry for the same paper adds to it or corrects it.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("decision", "draft")
        IN_FORCE = "in_force", pgettext_lazy("decision", "recorded")

    unit_day = "valid_from"  # of which the unit is meant
    province = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="decisions")
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="decisions")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    number = models.CharField(_("decision number"), max_length=100, blank=True)
    decided_on = models.DateField(_("decision date"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    legal_ref = models.CharField(max_length=400, blank=True)
    file = models.FileField(upload_to="decisions/%Y", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    proposal = models.JSONField(default=dict, blank=True)
    is_demonstration = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft")
                | (~Q(number="") & Q(decided_on__isnull=False, valid_from__isnull=False)),
                name="decision_in_force_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.province}, {self.criteria_set_id}"

    @property
    def is_draft(self) -> bool:
        """Tell whether it still changes nothing."""
        return self.status == self.Status.DRAFT


class ProvincialEvent(models.Model):
    """One step of a province's decision and what became of the verdicts; never changed."""

    class Kind(models.TextChoices):
        ENACTED = "enacted", _("levels set")
        LOADED = "loaded", _("levels loaded from a file")

    decision = models.ForeignKey(ProvincialDecision, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    levels = models.PositiveSmallIntegerField()
    gained = models.PositiveIntegerField()
    lost = models.PositiveIntegerField()
    otherwise = models.PositiveIntegerField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.kind}, +{self.gained} −{self.lost}"


class CommuneGroup(models.Model):
    """The group a commune belongs to for a time: an area (QĐ 69/QĐ-BNN-VPĐP), or a set's own."""

    class Area(models.TextChoices):
        AREA_I = "I", _("communes of area I")
        AREA_II = "II", _("communes of area II")
        AREA_III = "III", _("communes of area III")
        PERI_URBAN = "peri_urban", _("peri-urban communes")

    unit_day = "valid_from"  # of which the unit is meant
    unit = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="commune_groups")
    group = models.CharField(max_length=30)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_ref = models.CharField(max_length=400, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["unit_id", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_to__isnull=True), name="commune_has_one_group"
            ),
            models.UniqueConstraint(
                fields=["unit", "valid_from"], name="commune_group_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="commune_group_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.group}"


class ThresholdConfirmation(models.Model):
    """Who confirmed a fact of the law that was recalled or unknown, with the reference."""

    threshold = models.ForeignKey(Threshold, models.PROTECT, related_name="confirmations")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    old_value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    old_confidence = models.CharField(max_length=12, choices=Confidence)
    old_legal_ref = models.CharField(max_length=400, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    legal_ref = models.CharField(max_length=400)
    source = models.TextField()
    gained = models.PositiveIntegerField()
    lost = models.PositiveIntegerField()
    otherwise = models.PositiveIntegerField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.threshold_id}: {self.old_confidence}, {self.legal_ref}"
