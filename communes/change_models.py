"""The tables of the ledger that other systems follow; `communes.changes` writes them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communes.querysets import ChangeQuerySet


class Change(models.Model):
    """One line of the ledger that other systems follow: something was written, or deleted.

    The database gives `seq` as the transaction commits (migration 0004), in the order of the
    commits and without a gap: whoever has read up to a number has seen everything before it.
    An empty `key` stands for all things of the kind at and below `path`, read anew in bulk.
    """

    class Kind(models.TextChoices):
        UNIT = "unit", _("unit of the map")
        SUCCESSION = "succession", _("succession of units")
        DESIGNATION = "designation", _("designation of a unit")
        CRITERIA_SET = "criteria_set", _("criteria set")
        THRESHOLD = "threshold", _("threshold")
        ROUND = "round", _("round")
        ASSESSMENT = "assessment", _("assessment with its values and verdicts")
        RECOGNITION = "recognition", _("recognition")
        SUMMARY = "summary", _("summary with its tallies")
        TARGET = "target", _("target")
        PRODUCER = "producer", _("producer")
        PRODUCT = "product", _("product")
        CERTIFICATE = "certificate", _("certificate")
        COOPERATIVE = "cooperative", _("cooperative")
        YEARLY_RETURN = "yearly_return", _("yearly return")
        VALUE_CHAIN = "value_chain", _("value chain")

    seq = models.BigIntegerField(null=True, unique=True, editable=False)
    kind = models.CharField(max_length=20)  # one of Kind; a new one needs no migration
    key = models.CharField(max_length=80, blank=True)
    path = models.CharField(max_length=60, blank=True)
    province_code = models.CharField(max_length=10, blank=True)
    round_code = models.CharField(max_length=20, blank=True)
    is_deletion = models.BooleanField(default=False)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["kind", "province_code", "seq"], name="change_by_place"),
            models.Index(fields=["kind", "seq"], name="change_by_kind"),
            models.Index(fields=["kind", "key", "seq"], name="change_by_key"),
            models.Index(fields=["id"], condition=Q(seq__isnull=True), name="change_not_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.seq}: {self.kind} {self.key}"


class ChangeCounter(models.Model):
    """The one row that a transaction locks last, to give its changes their numbers."""

    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)
