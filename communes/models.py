"""The dated map: regions, administrative units in versions, and what is known about each."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import communes.boundary_models
import communes.change_models  # noqa: F401  (its tables belong to this app)
from communes.list_models import ListedUnit, SaidSuccession, SuccessionKind, UnitList
from communes.paths import province_code_of
from communes.querysets import StaleUnitQuerySet, UnitQuerySet
from communes.resolution_models import FollowUp, Resolution, ResolutionStep
from ntm_portal.lib.naming import Named

__all__ = [
    "Addend",
    "AdministrativeUnit",
    "Designation",
    "FollowUp",
    "ListedUnit",
    "PlacedMap",
    "Placement",
    "Region",
    "Resolution",
    "ResolutionStep",
    "SaidSuccession",
    "StaleUnit",
    "Succession",
    "UnitList",
]


class Region(Named):
    """A socio-economic region, a column of the national criteria (QĐ 1980/QĐ-TTg)."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]


class AdministrativeUnit(Named):
    """One version of a unit of the map, from `valid_from` to `valid_to`, both days included.

    An empty end is open. A merger, split, rename or transfer closes a row and opens another.
    `path` holds the official codes from the nation down, `/VN/62/608/23329/`: it answers
    "what lies within" at any depth.
    """

    class Level(models.TextChoices):
        NATION = "nation", _("nation")
        PROVINCE = "province", _("province level")
        DISTRICT = "district", _("district level")
        COMMUNE = "commune", _("commune level")

    class Kind(models.TextChoices):
        NATION = "nation", _("nation")
        PROVINCE = "province", pgettext_lazy("unit kind", "province")
        CENTRAL_CITY = "central_city", _("centrally run city")
        DISTRICT = "district", pgettext_lazy("unit kind", "district")
        URBAN_DISTRICT = "urban_district", _("urban district")
        TOWN = "town", pgettext_lazy("unit kind", "town")
        PROVINCIAL_CITY = "provincial_city", _("provincial city")
        COMMUNE = "commune", pgettext_lazy("unit kind", "commune")
        WARD = "ward", pgettext_lazy("unit kind", "ward")
        TOWNSHIP = "township", pgettext_lazy("unit kind", "township")
        SPECIAL_ZONE = "special_zone", _("special zone")

    code = models.CharField(_("official code"), max_length=10, db_index=True)
    short_name = models.CharField(_("short name"), max_length=200)
    search_name = models.CharField(max_length=400, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=60, db_index=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="units")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    area_km2 = models.DecimalField(
        _("area, km²"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    is_unresolved = models.BooleanField(
        default=False, help_text=_("It is gone, and nobody says what it became.")
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_version_is_unique"),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_from__isnull=True),
                name="unit_has_one_first_version",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_to__isnull=True),
                name="unit_has_one_open_version",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(level="nation", parent__isnull=True)
                | (~Q(level="nation") & Q(parent__isnull=False)),
                name="unit_has_a_parent_unless_nation",
            ),
        ]

    @property
    def is_in_programme(self) -> bool:
        """Tell whether the programme judges this unit: wards and townships are only on the map."""
        return self.kind == self.Kind.COMMUNE

    @property
    def province_code(self) -> str:
        """Return the code of the province it lies in, or is; empty for the nation."""
        return province_code_of(self.path)

    @property
    def short_label(self) -> str:
        """Return the name without its kind in Vietnamese, the full name in English."""
        label = self.label
        return label if label != self.name else self.short_name or label


class Succession(models.Model):
    """Which unit a unit became, when, and by which resolution."""

    Kind = SuccessionKind

    # What leaves a unit the same unit.
    CONTINUING = (SuccessionKind.RENAME, SuccessionKind.TRANSFER, SuccessionKind.KIND)

    predecessor = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="precessions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    effective_date = models.DateField(_("effective date"))
    legal_ref = models.CharField(_("legal basis"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    is_main = models.BooleanField(
        default=True, help_text=_("The successor that took over most of a divided unit.")
    )

    class Meta:
        ordering = ["effective_date", "predecessor_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="succession_is_unique"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_joins_two_versions"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor} ({self.effective_date})"


class Designation(models.Model):
    """A standing that the law gives a unit for a time: thresholds and focus groups read it."""

    class Kind(models.TextChoices):
        AREA_I = "zone_i", _("area I")
        AREA_II = "zone_ii", _("area II")
        POOR = "poor", _("poor commune")
        ESPECIALLY_DISADVANTAGED = "especially_disadvantaged", _("especially disadvantaged")
        COASTAL = "coastal", _("coastal")
        BORDER = "border", _("border")
        SAFE_ZONE = "safe_zone", _("safe-zone (ATK)")
        ISLAND = "island", _("island")

    unit_day = "valid_from"  # of which the unit is meant
    unit = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="designations")
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    legal_ref = models.CharField(_("legal basis"), max_length=300)

    class Meta:
        ordering = ["unit_id", "kind", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "valid_from"], name="designation_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_kind_display()}"


class StaleUnit(models.Model):
    """The ledger of what the roll-up still owes: a unit whose figures changed from a day on.

    Rows are only ever added by the service that changes something and deleted by the roll-up,
    so a mark made while the roll-up runs is never lost.
    """

    unit = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="stale_marks")
    since = models.DateField(
        help_text=_("Rounds with this reference date or a later one are affected.")
    )
    marked_at = models.DateTimeField(auto_now_add=True)
    is_map_change = models.BooleanField(
        default=False, help_text=_("The map of past days changed, published rounds included.")
    )

    objects = StaleUnitQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.unit_id} since {self.since}"


class Placement(models.Model):
    """Where the figures of a unit of any day stand on the present map; worked out, never typed.

    A unit that was divided stands where all its parts lie: in none of the parts.
    """

    class How(models.TextChoices):
        ITSELF = "itself", _("is on the map itself")
        WHOLE = "whole", _("went whole into one unit")
        DIVIDED = "divided", _("was divided between several units")
        UNRESOLVED = "unresolved", _("nobody knows what it became")

    unit = models.OneToOneField(AdministrativeUnit, models.CASCADE, related_name="placement")
    place = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="placed_here")
    how = models.CharField(max_length=10, choices=How)

    class Meta:
        ordering = ["unit_id"]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.place_id}, {self.how}"


class Addend(models.Model):
    """The sum of `into` on the present map holds the sum of `unit` on its own, `sign` times.

    A unit that moved with all it lies in has no row above its own place; a unit that left what
    it lay in is taken off there and added elsewhere. The sign is 0 where a part of a divided unit
    lies: nothing of it is added there.
    """

    unit = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="counted_in")
    into = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="addends")
    sign = models.SmallIntegerField()

    class Meta:
        ordering = ["into_id", "unit_id"]
        constraints = [
            models.UniqueConstraint(fields=["into", "unit"], name="addend_is_unique"),
            models.CheckConstraint(condition=Q(sign__in=[-1, 0, 1]), name="addend_is_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.into_id}, {self.sign:+}"


class PlacedMap(models.Model):
    """The one row that says for which days the placements hold; locked while they are made."""

    is_current = models.BooleanField(default=False)
    from_day = models.DateField(null=True)
    until_day = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.from_day} to {self.until_day}"
