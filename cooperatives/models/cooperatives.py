"""Cooperatives and unions of them: who they are, where, and how they began and ended."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models import AdministrativeUnit
from cooperatives.querysets import CooperativeQuerySet
from ntm_portal.lib.naming import Named
from ntm_portal.lib.steps import Step


class Cooperative(Named):
    """An agricultural cooperative or a union of them.

    One that was typed twice is kept, and points to the other (`duplicate_of`): it is counted
    nowhere. One that was merged into another by decision has ended, and points to its successor.
    """

    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative", _("cooperative")
        UNION = "union", _("union of cooperatives")

    class Sector(models.TextChoices):
        CROPS = "crops", _("crops")
        LIVESTOCK = "livestock", _("livestock")
        FORESTRY = "forestry", _("forestry")
        FISHERY = "fishery", _("fishery")
        SALT = "salt", _("salt making")
        WATER = "water", _("rural clean water")
        MIXED = "mixed", _("several fields")

    class Law(models.TextChoices):
        LAW_2003 = "Luật Hợp tác xã 2003", _("law of 2003")
        LAW_2012 = "Luật Hợp tác xã 2012", _("law of 2012")
        LAW_2023 = "Luật Hợp tác xã 2023", _("law of 2023")

    search_name = models.CharField(max_length=400, blank=True, default="", editable=False)
    tax_code = models.CharField(_("tax code"), max_length=20, blank=True, default="")
    registration_number = models.CharField(
        _("registration number"), max_length=40, blank=True, default=""
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.COOPERATIVE)
    sector = models.CharField(
        _("field"), max_length=10, choices=Sector, blank=True, default="", db_index=True
    )
    unit_day = "registered_on"  # of which the unit is meant
    commune = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="cooperatives", verbose_name=_("commune")
    )
    registered_under = models.CharField(_("registered under"), max_length=100)
    registered_on = models.DateField(_("registered on"))
    suspended_on = models.DateField(_("suspended on"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)
    women_members = models.PositiveIntegerField(_("women among them"), null=True, blank=True)
    capital_million_vnd = models.DecimalField(
        _("capital"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    land_ha = models.DecimalField(_("land"), max_digits=10, decimal_places=2, null=True, blank=True)
    machinery = models.TextField(_("machinery"), blank=True, default="")
    main_products = models.TextField(_("main products"), blank=True, default="")
    uses_high_technology = models.BooleanField(_("uses high technology"), default=False)
    is_demonstration = models.BooleanField(default=False)

    objects = CooperativeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gte=F("registered_on")),
                name="cooperative_ends_after_it_begins",
                violation_error_message=_("It cannot end before it was registered."),
            ),
            models.CheckConstraint(
                condition=Q(suspended_on__isnull=True) | Q(suspended_on__gte=F("registered_on")),
                name="cooperative_suspended_after_it_begins",
                violation_error_message=_("It cannot be suspended before it was registered."),
            ),
            models.CheckConstraint(
                condition=Q(capital_million_vnd__isnull=True) | Q(capital_million_vnd__gte=0),
                name="cooperative_capital_not_negative",
                violation_error_message=_("The capital cannot be below 0."),
            ),
            models.CheckConstraint(
                condition=Q(women_members__isnull=True)
                | Q(members__isnull=True)
                | Q(women_members__lte=F("members")),
                name="cooperative_women_among_members",
                violation_error_message=_("There cannot be more women than members."),
            ),
            models.UniqueConstraint(
                fields=["tax_code"],
                condition=~Q(tax_code="") & Q(duplicate_of__isnull=True),
                name="cooperative_tax_code_is_unique",
                violation_error_message=_("Another cooperative has this tax code."),
            ),
        ]
        indexes = [models.Index(fields=["search_name", "id"], name="cooperative_by_name")]


class CooperativeStep(Step):
    """One step in the life of a cooperative, or of one of its yearly returns."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("registered in the portal")
        CHANGED = "changed", _("changed")
        SUSPENDED = "suspended", pgettext_lazy("step of a cooperative", "suspended")
        RESUMED = "resumed", _("working again")
        DISSOLVED = "dissolved", _("dissolved")
        MERGED = "merged", _("merged into another")
        ABSORBED = "absorbed", _("took in another")
        DUPLICATE = "duplicate", _("joined with a double entry")
        RETURN_SAVED = "return_saved", _("yearly return saved")
        RETURN_SUBMITTED = "return_submitted", _("yearly return sent")
        RETURN_VERIFIED = "return_verified", _("yearly return verified")
        RETURN_RETURNED = "return_returned", _("yearly return given back")

    cooperative = models.ForeignKey(Cooperative, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
