"""Cooperatives and what they report each year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from cooperatives.querysets import CooperativeQuerySet, YearlyReturnQuerySet
from ntm_portal.lib.naming import Named


class Cooperative(Named):
    """An agricultural cooperative or a union of them."""

    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative", _("cooperative")
        UNION = "union", _("union of cooperatives")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.COOPERATIVE)
    commune = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="cooperatives")
    registered_under = models.CharField(_("registered under"), max_length=100)
    registered_on = models.DateField(_("registered on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    is_demonstration = models.BooleanField(default=False)

    objects = CooperativeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gte=F("registered_on")),
                name="cooperative_ends_after_it_begins",
            ),
        ]


class YearlyReturn(models.Model):
    """The yearly self-scoring of a cooperative, rated by the rule in force for that year."""

    class Rating(models.TextChoices):
        GOOD = "good", _("good")
        FAIR = "fair", _("fair")
        AVERAGE = "average", _("average")
        WEAK = "weak", _("weak")
        NOT_RATED = "not_rated", _("not rated")

    cooperative = models.ForeignKey(Cooperative, models.CASCADE, related_name="returns")
    year = models.PositiveSmallIntegerField(_("year"))
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, blank=True)
    rating = models.CharField(_("rating"), max_length=10, choices=Rating)
    rule_code = models.CharField(max_length=40, help_text=_("The rule the rating was made by."))
    is_effective = models.BooleanField(_("effective"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = YearlyReturnQuerySet.as_manager()

    class Meta:
        ordering = ["cooperative_id", "year"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year"], name="return_is_unique"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="return_score_within_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative} {self.year}: {self.rating}"
