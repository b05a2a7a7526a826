"""What a council found about a product: the sheets of its assessors, and what they come to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.models.levels import Level
from ocop.models.products import Product
from ocop.models.schemes import ScoreSheet
from ocop.querysets import EvaluationQuerySet


class Evaluation(models.Model):
    """A council's evaluation of a product, by the scheme in force for it, which it keeps.

    Score and minimum conditions are kept apart: `band` is what the score alone earns, `stars`
    what is left when the conditions are asked. Both are empty while it is open.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("first rating")
        UPGRADE = "upgrade", _("for a higher rank")
        RENEWAL = "renewal", _("anew, at the end of the certificate")

    product = models.ForeignKey(Product, models.CASCADE, related_name="evaluations")
    kind = models.CharField(_("kind of dossier"), max_length=10, choices=Kind, default=Kind.FIRST)
    level = models.CharField(_("council"), max_length=10, choices=Level)
    filed_on = models.DateField(_("dossier filed on"), null=True, blank=True)
    evaluated_on = models.DateField(_("evaluated on"))
    scheme_code = models.CharField(_("scheme"), max_length=40, blank=True, default="")
    sheet = models.ForeignKey(
        ScoreSheet, models.PROTECT, null=True, blank=True, related_name="evaluations"
    )
    answers = models.JSONField(
        _("minimum conditions"), default=dict, blank=True, help_text=_("By code: met or not.")
    )
    disqualified_reason = models.TextField(_("why it is excluded"), blank=True, default="")
    rounding = models.CharField(max_length=10, blank=True, default="")
    mean = models.DecimalField(max_digits=12, decimal_places=8, null=True, blank=True)
    total = models.DecimalField(
        _("total score"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    band = models.PositiveSmallIntegerField(_("stars by score"), null=True, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"), null=True, blank=True)
    minimum_met = models.BooleanField(_("minimum conditions met"), null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["product_id", "evaluated_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(total__gte=0, total__lte=100),
                name="evaluation_total_within_100",
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True) | Q(filed_on__lte=F("evaluated_on")),
                name="evaluation_filed_before_rated",
                violation_error_message=_("It cannot be rated before the dossier was filed."),
            ),
            models.UniqueConstraint(
                fields=["product", "level", "evaluated_on"],
                name="evaluation_is_unique",
                violation_error_message=_(
                    "This council evaluated the product on this day already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.total}"

    @property
    def is_open(self) -> bool:
        """Tell whether sheets may still be added."""
        return self.concluded_at is None and self.total is None

    @property
    def is_rounded(self) -> bool:
        """Tell whether its mean was rounded before it was compared."""
        return self.rounding not in ("", "none")


class AssessorSheet(models.Model):
    """What one assessor gave: points by item, or by part where there is no score sheet."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="sheets")
    assessor = models.CharField(_("assessor"), max_length=200)
    points = models.JSONField(default=dict)
    choices = models.JSONField(default=dict, blank=True)
    total = models.DecimalField(_("total"), max_digits=5, decimal_places=2)
    note = models.TextField(_("note"), blank=True, default="")
    entered_at = models.DateTimeField(auto_now=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["evaluation_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "assessor"],
                name="assessor_has_one_sheet",
                violation_error_message=_("This assessor has a sheet here already."),
            ),
            models.CheckConstraint(
                condition=Q(total__gte=0, total__lte=100), name="assessor_total_within_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessor}: {self.total}"
