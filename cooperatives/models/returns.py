"""What a cooperative reports for a year, rated by the rule of that year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cooperatives.models.cooperatives import Cooperative
from cooperatives.querysets import YearlyReturnQuerySet


class YearlyReturn(models.Model):
    """The yearly figures and self-scoring of a cooperative.

    Its rating and its size are worked out by the rules in force at the end of its year and kept
    apart: a large cooperative may be weak. It counts once it was sent.
    """

    class Rating(models.TextChoices):
        GOOD = "good", _("good")
        FAIR = "fair", _("fair")
        AVERAGE = "average", _("average")
        WEAK = "weak", _("weak")
        NOT_RATED = "not_rated", _("not rated")

    class Size(models.TextChoices):
        LARGE = "large", pgettext_lazy("size of a cooperative", "large")
        MEDIUM = "medium", pgettext_lazy("size of a cooperative", "medium")
        SMALL = "small", pgettext_lazy("size of a cooperative", "small")
        MICRO = "micro", pgettext_lazy("size of a cooperative", "micro")

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("yearly return", "draft")
        SUBMITTED = "submitted", pgettext_lazy("yearly return", "sent")
        VERIFIED = "verified", pgettext_lazy("yearly return", "verified")
        RETURNED = "returned", pgettext_lazy("yearly return", "given back")

    cooperative = models.ForeignKey(Cooperative, models.CASCADE, related_name="returns")
    year = models.PositiveSmallIntegerField(_("year"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=0)
    members = models.PositiveIntegerField(_("official members"), null=True, blank=True)
    women_members = models.PositiveIntegerField(_("women among them"), null=True, blank=True)
    revenue_million_vnd = models.DecimalField(
        _("revenue"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    capital_million_vnd = models.DecimalField(
        _("total capital"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    profit_million_vnd = models.DecimalField(
        _("profit before tax"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    months_stopped = models.PositiveSmallIntegerField(_("months without work"), default=0)
    scores = models.JSONField(_("points by criterion"), default=dict, blank=True)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, blank=True)
    note = models.TextField(_("note"), blank=True, default="")
    rating = models.CharField(_("rating"), max_length=10, choices=Rating)
    rule_code = models.CharField(max_length=40, help_text=_("The rule the rating was made by."))
    size = models.CharField(_("size"), max_length=8, choices=Size, blank=True, default="")
    size_rule_code = models.CharField(max_length=40, blank=True, default="")
    is_effective = models.BooleanField(_("effective"))
    effective_rule_code = models.CharField(max_length=40, blank=True, default="")
    returned_reason = models.TextField(blank=True, default="")
    submitted_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = YearlyReturnQuerySet.as_manager()

    class Meta:
        ordering = ["cooperative_id", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "year"],
                name="return_is_unique",
                violation_error_message=_("There is a return for this year already."),
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="return_score_within_100",
                violation_error_message=_("The score lies between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(months_stopped__lte=12),
                name="return_months_within_a_year",
                violation_error_message=_("A year has 12 months."),
            ),
            models.CheckConstraint(
                condition=Q(women_members__isnull=True)
                | Q(members__isnull=True)
                | Q(women_members__lte=F("members")),
                name="return_women_among_members",
                violation_error_message=_("There cannot be more women than members."),
            ),
            models.CheckConstraint(
                condition=(Q(revenue_million_vnd__isnull=True) | Q(revenue_million_vnd__gte=0))
                & (Q(capital_million_vnd__isnull=True) | Q(capital_million_vnd__gte=0)),
                name="return_amounts_not_negative",
                violation_error_message=_("Capital and revenue cannot be below 0."),
            ),
        ]
        indexes = [
            models.Index(fields=["year", "status"], name="return_by_year"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative} {self.year}: {self.rating}"

    @property
    def counts(self) -> bool:
        """Tell whether it was sent: a draft says nothing yet."""
        return self.status in (self.Status.SUBMITTED, self.Status.VERIFIED)
