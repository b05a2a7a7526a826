"""The law as rows: sets, groups, criteria, indicators, what is measured, thresholds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communes.models import Designation
from criteria.querysets import CriteriaSetQuerySet, ThresholdQuerySet
from ntm_portal.lib.naming import Named


class Confidence(models.TextChoices):
    """How sure the portal is of a fact of the law."""

    READ = "read", _("read in a named source")
    UNCONFIRMED = "unconfirmed", _("recalled, not yet confirmed")
    UNKNOWN = "unknown", _("nobody here could read it")


class CriteriaSet(Named):
    """A set of criteria as one decision issued it, for one level and standard.

    `document` is the file it was loaded from, to the byte. What the file says beside the table
    is kept as it says it: `region_override` (who takes another region's thresholds),
    `commune_groups`, `preconditions`, and for districts `town_city_rule`.
    """

    class Level(models.TextChoices):
        VILLAGE = "village", _("village")
        COMMUNE = "commune", _("commune level")
        DISTRICT = "district", _("district level")
        PROVINCE = "province", _("province level")

    class Standard(models.TextChoices):
        NTM = "ntm", _("new rural standard")
        ADVANCED = "advanced", _("advanced new rural standard")
        MODEL = "model", _("model new rural standard")

    code = models.CharField(_("code"), max_length=60, unique=True)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    standard = models.CharField(_("standard"), max_length=10, choices=Standard)
    legal_basis = models.JSONField(_("legal basis"), default=list)
    meets_when = models.TextField(blank=True)
    valid_from = models.DateField(
        _("valid from"), null=True, blank=True, help_text=_("Empty where nobody could read it.")
    )
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    indicators_total = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text=_("Indicators the law counts; a set that holds fewer is incomplete."),
    )
    is_complete = models.BooleanField(
        default=True,
        db_default=True,
        help_text=_("Nobody could read all indicators of an incomplete set: it is never met."),
    )
    region_override = models.JSONField(null=True, blank=True)
    commune_groups = models.JSONField(default=dict, blank=True)
    preconditions = models.JSONField(default=list, blank=True)
    town_city_rule = models.JSONField(null=True, blank=True)
    document = models.TextField(blank=True, editable=False)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="criteria_set_ends_after_it_begins",
            ),
        ]


class CriteriaGroup(Named):
    """A group of criteria, as the annex of the decision prints them."""

    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="groups")
    code = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "code"], name="group_is_unique"),
        ]


class Criterion(Named):
    """A criterion: met when every indicator of it is met; never while some of them are unknown."""

    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="criteria")
    group = models.ForeignKey(CriteriaGroup, models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    is_complete = models.BooleanField(
        default=True,
        db_default=True,
        help_text=_("All its indicators are known; else it is never called met."),
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "code"], name="criterion_is_unique"),
        ]


class Indicator(Named):
    """An indicator with its official text; met when everything measured for it holds."""

    class Delegation(models.TextChoices):
        PROVINCE = "province", _("the provincial People's Committee")
        MINISTRY = "ministry", _("the ministry")

    name = models.CharField(max_length=1000)
    name_en = models.CharField(max_length=1000, blank=True)
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    delegated_to = models.CharField(max_length=10, choices=Delegation, blank=True)
    guidance = models.TextField(blank=True)
    source = models.TextField(blank=True)
    confidence = models.CharField(max_length=12, choices=Confidence)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "code"], name="indicator_is_unique"),
        ]


class Measure(Named):
    """What is typed for an indicator: one number or answer with its unit.

    Most indicators have one measure. A compound one has several, all of which must hold
    (17.1: hygienic water and, inside it, clean water). An amendment closes a measure and opens
    another, even of another kind. `code` is unique in the set: "10", "17.1a", "17.1b".

    `applies_if` is a condition on a fact of the commune (`criteria.scoring.conditions`), and
    `not_assessed_when` says in words when it may be left out; empty where it may not.
    """

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("yes or no")
        PERCENT = "percent", _("percentage")
        AMOUNT = "amount", _("amount")
        COUNT = "count", _("whole number")
        SCORE = "score", _("score")

    class Comparator(models.TextChoices):
        AT_LEAST = ">=", _("at least")
        AT_MOST = "<=", _("at most")
        EQUAL = "=", _("exactly")
        YES = "yes", _("yes")

    name = models.CharField(max_length=1000)
    name_en = models.CharField(max_length=1000, blank=True)
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measures")
    code = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.CharField(max_length=60, blank=True)
    unit_en = models.CharField(max_length=60, blank=True)
    comparator = models.CharField(max_length=3, choices=Comparator)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    validity_confidence = models.CharField(
        max_length=12, choices=Confidence, default=Confidence.READ, db_default=Confidence.READ
    )
    applies_if = models.JSONField(null=True, blank=True)
    not_assessed_when = models.TextField(blank=True, default="", db_default="")
    province_may_loosen = models.BooleanField(
        default=True,
        db_default=True,
        help_text=_("False where the law forbids provinces to ask less than the nation does."),
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "code", "valid_from"],
                name="measure_version_is_unique",
            ),
            models.UniqueConstraint(
                fields=["indicator", "code"],
                condition=Q(valid_from__isnull=True),
                name="measure_has_one_first_version",
            ),
            models.CheckConstraint(
                condition=Q(kind="yes_no", comparator="yes")
                | (~Q(kind="yes_no") & ~Q(comparator="yes")),
                name="measure_yes_no_asks_for_yes",
            ),
        ]


class Threshold(models.Model):
    """A level the law asks for, and for whom; an empty `value` is one nobody could read.

    An exempt one says that the law asks nothing there. `is_from_set` marks those of the set's
    own file; the others were entered, by provinces or for the demonstration. Empty axes mean
    "any". Which of several applies: `criteria.scoring.thresholds`.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="thresholds")
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    region_code = models.CharField(max_length=20, blank=True)
    province_code = models.CharField(max_length=10, blank=True)
    designation = models.CharField(max_length=30, choices=Designation.Kind, blank=True)
    commune_group = models.CharField(max_length=30, blank=True)
    from_year = models.PositiveSmallIntegerField(default=0)
    to_year = models.PositiveSmallIntegerField(default=9999)
    legal_ref = models.CharField(max_length=400)
    source = models.TextField(blank=True)
    confidence = models.CharField(max_length=12, choices=Confidence)
    is_demonstration = models.BooleanField(default=False)
    is_exempt = models.BooleanField(default=False, db_default=False)
    is_from_set = models.BooleanField(default=False, db_default=False, editable=False)
    decision = models.ForeignKey(
        "criteria.ProvincialDecision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="thresholds",
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        ordering = ["measure_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "measure",
                    "region_code",
                    "province_code",
                    "designation",
                    "commune_group",
                    "from_year",
                    "to_year",
                ],
                condition=Q(valid_to__isnull=True),
                name="threshold_is_unambiguous",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, confidence="unknown", is_exempt=False)
                | (Q(value__isnull=False, is_exempt=False) & ~Q(confidence="unknown"))
                | (Q(value__isnull=True, is_exempt=True) & ~Q(confidence="unknown")),
                name="threshold_is_stated_unknown_or_exempt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure.code} {self.measure.comparator} {self.value}"
