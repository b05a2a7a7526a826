"""Who takes part in OCOP."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from cooperatives.models import Cooperative
from ntm_portal.lib.naming import Named
from ocop.querysets import ProducerQuerySet


class Producer(Named):
    """Who takes part in OCOP (chủ thể); one typed twice points to the other (`duplicate_of`)."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("small or medium enterprise")
        COOPERATIVE = "cooperative", _("cooperative")
        COOPERATIVE_GROUP = "cooperative_group", _("co-operative group")
        HOUSEHOLD = "household", _("household business")
        FARM = "farm", _("farm")

    search_name = models.CharField(max_length=400, blank=True, default="", editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    unit_day = "joined_on"  # of which the unit is meant
    commune = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="ocop_producers", verbose_name=_("commune")
    )
    cooperative = models.ForeignKey(
        Cooperative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ocop_producers",
        verbose_name=_("cooperative in the register"),
    )
    tax_code = models.CharField(_("tax code"), max_length=20, blank=True, default="")
    registration_number = models.CharField(
        _("business registration number"), max_length=40, blank=True, default=""
    )
    address = models.CharField(_("address"), max_length=300, blank=True, default="")
    phone = models.CharField(_("telephone"), max_length=40, blank=True, default="")
    representative = models.CharField(_("representative"), max_length=200, blank=True, default="")
    is_led_by_woman = models.BooleanField(_("led by a woman"), default=False)
    is_led_by_minority = models.BooleanField(
        _("led by a member of an ethnic minority"), default=False
    )
    joined_on = models.DateField(_("in OCOP since"))
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    is_demonstration = models.BooleanField(default=False)

    objects = ProducerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"],
                condition=~Q(tax_code="") & Q(duplicate_of__isnull=True),
                name="producer_tax_code_is_unique",
                violation_error_message=_("Another producer has this tax code."),
            ),
        ]
        indexes = [models.Index(fields=["search_name", "id"], name="producer_by_name")]
