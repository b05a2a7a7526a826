"""What the map rests on: lists of days as they were read, and what became of which unit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communes.resolution_models import Resolution


class SuccessionKind(models.TextChoices):
    """What can become of a unit."""

    MERGE = "merge", _("merged")
    SPLIT = "split", _("split")
    RENAME = "rename", _("renamed")
    TRANSFER = "transfer", _("moved to another parent")
    KIND = "kind", _("changed its kind")
    ABOLISH = "abolish", _("abolished with its level")


class UnitList(models.Model):
    """A list of what units there were on a day, kept as it was read: the map rests on it.

    An official list names all units; that of a resolution names those that it changed.
    """

    day = models.DateField(_("day"))
    resolution = models.OneToOneField(
        Resolution, models.CASCADE, null=True, related_name="unit_list"
    )
    is_whole = models.BooleanField(default=True)
    source = models.CharField(_("source"), max_length=200)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(is_whole=True), name="one_official_list_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.day})"


class ListedUnit(models.Model):
    """A unit as a list has it, or that it is gone."""

    list = models.ForeignKey(UnitList, models.CASCADE, related_name="units")
    code = models.CharField(max_length=10)
    is_gone = models.BooleanField(default=False)
    name = models.CharField(max_length=400, blank=True)
    name_en = models.CharField(max_length=400, blank=True)
    short_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=10, blank=True)
    parent_code = models.CharField(max_length=10, blank=True)
    region_code = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=200, blank=True)
    begun = models.DateField(null=True)
    ended = models.DateField(null=True)

    class Meta:
        ordering = ["list_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["list", "code"], name="listed_unit_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class SaidSuccession(models.Model):
    """What a source says became of a unit, by code; kept, for lists may be loaded later."""

    predecessor_code = models.CharField(max_length=10, db_index=True)
    successor_code = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=10, choices=SuccessionKind)
    effective_date = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    legal_ref = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=400, blank=True)
    is_main = models.BooleanField(default=True)
    resolution = models.ForeignKey(Resolution, models.CASCADE, null=True, related_name="said")

    class Meta:
        ordering = ["effective_date", "predecessor_code", "successor_code"]

    def __str__(self) -> str:
        return f"{self.predecessor_code} → {self.successor_code} ({self.effective_date})"
