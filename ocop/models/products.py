"""What producers make, with its pictures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from ntm_portal.lib.naming import Named
from ocop.models.producers import Producer
from ocop.querysets import ProductQuerySet


class Product(Named):
    """A product of one of the six product groups."""

    class Group(models.TextChoices):
        FOOD = "food", _("food")
        DRINK = "drink", _("drinks")
        HERBAL = "herbal", _("medicinal herbs and products of them")
        CRAFT = "craft", _("handicraft and decoration")
        ORNAMENTAL = "ornamental", _("ornamental plants and animals")
        TOURISM = "tourism", _("community tourism, eco-tourism and sights")

    search_name = models.CharField(max_length=400, blank=True, default="", editable=False)
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="products", verbose_name=_("producer")
    )
    unit_day = "producer__joined_on"  # of which the unit is meant
    commune = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="ocop_products", verbose_name=_("commune")
    )
    group = models.CharField(_("product group"), max_length=12, choices=Group, db_index=True)
    subgroup = models.CharField(_("sub-group"), max_length=120, blank=True, default="")
    story = models.TextField(_("story"), blank=True, default="")
    material_origin = models.TextField(_("origin of the material"), blank=True, default="")
    is_local_speciality = models.BooleanField(_("local speciality"), default=False)
    is_demonstration = models.BooleanField(default=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["search_name", "id"], name="product_by_name")]


class ProductPhoto(models.Model):
    """A picture of a product, made small, without what the camera wrote into it."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="photos")
    file = models.ImageField(upload_to="products/%Y")
    name = models.CharField(max_length=200)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.name
