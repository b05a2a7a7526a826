"""Resolutions that are entered by hand, what followed from them, and every step of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.querysets import FollowUpQuerySet


class Resolution(models.Model):
    """One resolution on the map: a draft changes nothing, an applied one is a source of the map.

    `content` keeps it as it was typed, by the field's name; `moved` the rows of other rooms that
    went to another version when it was applied. `path` holds all units of which it speaks.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("units merge into one")
        SPLIT = "split", _("a unit is divided")
        RENAME = "rename", _("a unit gets another name")
        TRANSFER = "transfer", _("units go to another unit above")
        KIND = "kind", _("a unit becomes one of another kind")
        DISSOLVE = "dissolve", _("a unit is dissolved")
        EXPLAIN = "explain", _("what became of a unit that is gone")

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("resolution", "draft")
        APPLIED = "applied", pgettext_lazy("resolution", "applied")
        WITHDRAWN = "withdrawn", pgettext_lazy("resolution", "taken back")

    kind = models.CharField(_("what it does"), max_length=10, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    effective_date = models.DateField(_("in force from"))
    legal_ref = models.CharField(_("resolution"), max_length=300)
    path = models.CharField(max_length=60, db_index=True)
    content = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)

    class Meta:
        ordering = ["-effective_date", "-id"]

    def __str__(self) -> str:
        return f"{self.legal_ref}, {self.get_kind_display()}"

    @property
    def is_draft(self) -> bool:
        """Tell whether it changes nothing yet."""
        return self.status == self.Status.DRAFT

    @property
    def is_applied(self) -> bool:
        """Tell whether the map rests on it."""
        return self.status == self.Status.APPLIED


class ResolutionStep(models.Model):
    """One step of a resolution: who, when, and what came of it; never changed."""

    class Kind(models.TextChoices):
        TYPED = "typed", _("typed")
        APPLIED = "applied", pgettext_lazy("resolution", "applied")
        WITHDRAWN = "withdrawn", pgettext_lazy("resolution", "taken back")

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    units = models.PositiveIntegerField(default=0)
    successions = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.resolution_id}: {self.kind}"


class FollowUp(models.Model):
    """What followed a unit to its successors, or has to be decided; to be checked by a person.

    `made` is the key of the row that came of it, empty where somebody has to decide. It followed
    from a resolution by hand, or from the successions that an official list brought for a day.
    """

    class Kind(models.TextChoices):
        AREA = "area", _("area of a person")
        TOKEN = "token", _("area of an API token")
        TARGET = "target", _("target")
        THRESHOLD = "threshold", _("threshold of a province")

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="follow_ups", null=True)
    listed_for = models.DateField(null=True)
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=300)
    former = models.CharField(max_length=300)
    successor = models.CharField(max_length=300, blank=True)
    made = models.BigIntegerField(null=True)
    kept = models.BigIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="follow_up_is_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(resolution__isnull=True, listed_for__isnull=False)
                | Q(resolution__isnull=False, listed_for__isnull=True),
                name="follow_up_has_one_origin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.former} → {self.successor}"
