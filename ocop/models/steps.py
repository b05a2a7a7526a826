"""Every step of what is registered here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ntm_portal.lib.steps import Step
from ocop.models.chains import ValueChain
from ocop.models.producers import Producer
from ocop.models.products import Product


class OcopStep(Step):
    """One step of a producer, a product (with its evaluations and certificates) or a chain."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("registered in the portal")
        CHANGED = "changed", _("changed")
        DUPLICATE = "duplicate", _("joined with a double entry")
        PHOTO_ADDED = "photo_added", _("picture added")
        PHOTO_REMOVED = "photo_removed", _("picture removed")
        EVALUATION_OPENED = "evaluation_opened", _("evaluation opened")
        SHEET_SAVED = "sheet_saved", _("score sheet saved")
        EVALUATION_CONCLUDED = "evaluation_concluded", _("evaluation concluded")
        EVALUATION_REOPENED = "evaluation_reopened", _("evaluation opened again")
        CERTIFIED = "certified", _("certified")
        SUPERSEDED = "superseded", _("certificate replaced by another")
        REVOKED = "revoked", _("certificate revoked")
        NOT_FIVE = "not_five", _("five stars refused by the centre")
        NOTIFIED = "notified", _("notice of the end sent")
        CONTRACTS = "contracts", _("contracts of a year recorded")

    kind = models.CharField(max_length=24, choices=Kind)
    producer = models.ForeignKey(
        Producer, models.CASCADE, null=True, blank=True, related_name="steps"
    )
    product = models.ForeignKey(
        Product, models.CASCADE, null=True, blank=True, related_name="steps"
    )
    chain = models.ForeignKey(
        ValueChain, models.CASCADE, null=True, blank=True, related_name="steps"
    )

    class Meta(Step.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(producer__isnull=False)
                | Q(product__isnull=False)
                | Q(chain__isnull=False),
                name="step_is_of_something",
            ),
        ]
