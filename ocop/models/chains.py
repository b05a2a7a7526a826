"""Value chains: who is joined in one, and the contracts of each year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from cooperatives.models import Cooperative
from ntm_portal.lib.naming import Named
from ocop.models.producers import Producer
from ocop.models.products import Product
from ocop.querysets import ValueChainQuerySet


class ValueChain(Named):
    """A chain from field to market (liên kết chuỗi giá trị, NĐ 98/2018/NĐ-CP)."""

    search_name = models.CharField(max_length=400, blank=True, default="", editable=False)
    unit_day = "started_on"  # of which its units are meant
    lead_unit = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="led_chains", verbose_name=_("seat")
    )
    communes = models.ManyToManyField(AdministrativeUnit, related_name="chains", blank=True)
    cooperatives = models.ManyToManyField(Cooperative, related_name="chains", blank=True)
    producers = models.ManyToManyField(Producer, related_name="chains", blank=True)
    products = models.ManyToManyField(Product, related_name="chains", blank=True)
    approved_by = models.CharField(_("approved by decision"), max_length=200, blank=True)
    started_on = models.DateField(_("started on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    is_demonstration = models.BooleanField(default=False)

    objects = ValueChainQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="chain_ends_after_it_begins",
                violation_error_message=_("A chain ends after it begins."),
            ),
        ]

    @property
    def cooperative_ids(self) -> list[int]:
        """Return the cooperatives in it, as they were loaded with it."""
        return [each.pk for each in self.cooperatives.all()]

    @property
    def producer_ids(self) -> list[int]:
        """Return the producers in it, as they were loaded with it."""
        return [each.pk for each in self.producers.all()]

    @property
    def product_ids(self) -> list[int]:
        """Return the products in it, as they were loaded with it."""
        return [each.pk for each in self.products.all()]


class ChainContract(models.Model):
    """How many contracts a chain had in a year, and what they were worth."""

    chain = models.ForeignKey(ValueChain, models.CASCADE, related_name="contracts")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("contracts"))
    value_million_vnd = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["chain_id", "year"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "year"], name="contract_year_is_unique"),
            models.CheckConstraint(
                condition=Q(value_million_vnd__gte=0), name="contract_value_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.year}: {self.number}"
