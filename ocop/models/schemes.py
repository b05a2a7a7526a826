"""Law that was loaded beside what is shipped: schemes and their score sheets."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.querysets import ScoreSheetQuerySet


class LoadedScheme(models.Model):
    """A scheme loaded from a file, in the place of a shipped one of the same code."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class ScoreSheet(models.Model):
    """A score sheet of one product set, kept whole and never changed.

    Loading another text makes a new version: an evaluation keeps the sheet it was made with.
    `faults` says why an unsound one judges nothing.
    """

    scheme_code = models.CharField(_("scheme"), max_length=40)
    name = models.CharField(_("product set"), max_length=300)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    group = models.CharField(_("product group"), max_length=12, blank=True)
    subgroup = models.CharField(_("sub-group"), max_length=120, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    is_sound = models.BooleanField()
    faults = models.JSONField(default=list, blank=True)
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    source = models.TextField(blank=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        ordering = ["scheme_code", "number", "name", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme_code", "name", "version"], name="score_sheet_is_unique"
            ),
            models.UniqueConstraint(
                fields=["scheme_code", "name"],
                condition=models.Q(is_current=True),
                name="score_sheet_has_one_current_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_code}: {self.name}"
