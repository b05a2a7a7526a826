"""Awards of stars, and the notices that one is about to end."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.models.evaluations import Evaluation
from ocop.models.levels import Level
from ocop.models.products import Product
from ocop.querysets import CertificateQuerySet


class Certificate(models.Model):
    """An award of stars, valid 36 months; it keeps the level that decided.

    One that a later award replaced (`superseded_by`) ended without being revoked.
    `is_potential_five` says that the province proposed five stars and the centre still decides.
    """

    class Kind(models.TextChoices):
        FIRST = "first", pgettext_lazy("certificate", "first")
        RENEWAL = "renewal", pgettext_lazy("certificate", "renewed")
        UPGRADE = "upgrade", pgettext_lazy("certificate", "more stars")
        DOWNGRADE = "downgrade", pgettext_lazy("certificate", "fewer stars")

    product = models.ForeignKey(Product, models.PROTECT, related_name="certificates")
    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FIRST)
    stars = models.PositiveSmallIntegerField(_("stars"))
    decided_by_level = models.CharField(_("decided by"), max_length=10, choices=Level)
    decision_number = models.CharField(_("decision number"), max_length=100)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), db_index=True)
    is_potential_five = models.BooleanField(_("potential 5 stars"), default=False)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_by_decision = models.CharField(max_length=100, blank=True, default="")
    revocation_reason = models.TextField(_("why it was revoked"), blank=True, default="")
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_demonstration = models.BooleanField(default=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["product_id", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stars__gte=1, stars__lte=5), name="certificate_one_to_five_stars"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")),
                name="certificate_ends_after_it_begins",
                violation_error_message=_("A certificate ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("valid_from")),
                name="certificate_revoked_after_it_begins",
                violation_error_message=_("It cannot be revoked before it began."),
            ),
            models.UniqueConstraint(
                fields=["product", "decision_number"],
                name="certificate_is_unique",
                violation_error_message=_("This decision is recorded for the product already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.stars}"

    @property
    def is_revoked(self) -> bool:
        """Tell whether it was taken away; being replaced by a later award is not that."""
        return self.revoked_on is not None and self.superseded_by_id is None


class ExpiryReminder(models.Model):
    """Officers were reminded that a certificate ends within so many months: once for each."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="reminders")
    months = models.PositiveSmallIntegerField(_("months"))
    reminded_on = models.DateField(_("reminded on"))

    class Meta:
        ordering = ["reminded_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "months"], name="reminder_is_one_for_each_term"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.months}, {self.reminded_on}"


class ExpiryNotice(models.Model):
    """The written notice that a certificate is about to end, as it was produced."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="notices")
    number = models.CharField(_("number of the letter"), max_length=100)
    sent_on = models.DateField(_("sent on"))
    text = models.TextField()
    produced_at = models.DateTimeField(auto_now_add=True)
    produced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sent_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "number"],
                name="notice_is_unique",
                violation_error_message=_("A notice of this number is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.sent_on}"
