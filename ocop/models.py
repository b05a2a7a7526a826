"""OCOP: producers, products, evaluations and certificates."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from cooperatives.models import Cooperative
from ntm_portal.lib.naming import Named
from ocop.querysets import CertificateQuerySet, ProducerQuerySet


class Level(models.TextChoices):
    """The councils that evaluate and award."""

    DISTRICT = "district", _("district")
    PROVINCE = "province", _("province")
    NATION = "nation", _("centre")


class Producer(Named):
    """Who takes part in OCOP (chủ thể)."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("small or medium enterprise")
        COOPERATIVE = "cooperative", _("cooperative")
        COOPERATIVE_GROUP = "cooperative_group", _("co-operative group")
        HOUSEHOLD = "household", _("household business")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    commune = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="ocop_producers")
    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, null=True, blank=True, related_name="ocop_producers"
    )
    joined_on = models.DateField(_("in OCOP since"))
    is_demonstration = models.BooleanField(default=False)

    objects = ProducerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]


class Product(Named):
    """A product of one of the six product groups."""

    class Group(models.TextChoices):
        FOOD = "food", _("food")
        DRINK = "drink", _("drinks")
        HERBAL = "herbal", _("medicinal herbs and products of them")
        CRAFT = "craft", _("handicraft and decoration")
        ORNAMENTAL = "ornamental", _("ornamental plants and animals")
        TOURISM = "tourism", _("community tourism, eco-tourism and sights")

    producer = models.ForeignKey(Producer, models.PROTECT, related_name="products")
    commune = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="ocop_products")
    group = models.CharField(_("product group"), max_length=12, choices=Group)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]


class Evaluation(models.Model):
    """A council's score of a product; the minimum conditions are kept apart from the score."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="evaluations")
    level = models.CharField(_("council"), max_length=10, choices=Level)
    evaluated_on = models.DateField(_("evaluated on"))
    total = models.DecimalField(_("total score"), max_digits=5, decimal_places=2)
    minimum_met = models.BooleanField(_("minimum conditions met"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["product_id", "evaluated_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gte=0, total__lte=100), name="evaluation_total_within_100"
            ),
            models.UniqueConstraint(
                fields=["product", "level", "evaluated_on"], name="evaluation_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.total}"


class Certificate(models.Model):
    """An award of stars, valid 36 months; it keeps the level that decided."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="certificates")
    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    stars = models.PositiveSmallIntegerField(_("stars"))
    decided_by_level = models.CharField(_("decided by"), max_length=10, choices=Level)
    decision_number = models.CharField(_("decision number"), max_length=100)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
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
                condition=Q(valid_to__gt=F("valid_from")), name="certificate_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["product", "decision_number"], name="certificate_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.stars}"
