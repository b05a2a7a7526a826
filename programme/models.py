"""What the programme asks for and what has been added up: targets, summaries, tallies."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from criteria.models import Criterion, ReportingRound
from criteria.models.assessments import Basis
from criteria.models.sets import Confidence
from ntm_portal.lib.naming import Named
from programme.bulletin_models import Subscription, TargetState
from programme.published_models import PublishedFigure

__all__ = [
    "CriterionTally",
    "PublishedFigure",
    "Report",
    "RollupState",
    "Subscription",
    "Summary",
    "Target",
    "TargetState",
]


def _counter() -> models.PositiveIntegerField[int, int]:
    return models.PositiveIntegerField(default=0)


class Summary(models.Model):
    """The counters of a unit in a round on a basis: its own plus those of its children.

    All counters add up; ratios are computed when read. `communes` counts the xã on the map of
    the round's day; the bands count those assessed on this basis.
    """

    unit_day: str | None = None  # worked out anew when the map changes
    unit = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="summaries")
    round = models.ForeignKey(ReportingRound, models.CASCADE, related_name="summaries")
    basis = models.CharField(max_length=8, choices=Basis)
    communes = _counter()
    assessed = _counter()
    submitted = _counter()
    verified = _counter()
    criteria_met = _counter()
    below_5 = _counter()
    below_10 = _counter()
    from_10_to_14 = _counter()
    from_15_not_all = _counter()
    meets_all = _counter()
    certified = _counter()
    certified_advanced = _counter()
    certified_model = _counter()
    districts_recognised = _counter()
    provinces_recognised = _counter()
    ocop_3_stars = _counter()
    ocop_4_stars = _counter()
    ocop_5_stars = _counter()
    ocop_granted = _counter()
    ocop_potential_5_stars = _counter()
    ocop_new_products = _counter()
    ocop_expiring = _counter()
    ocop_producers = _counter()
    ocop_enterprises = _counter()
    ocop_cooperatives = _counter()
    ocop_cooperative_groups = _counter()
    ocop_households = _counter()
    ocop_farms = _counter()
    ocop_new_producers = _counter()
    cooperatives = _counter()
    cooperatives_new = _counter()
    cooperatives_effective = _counter()
    value_chains = _counter()
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["unit__code", "round__reference_date", "basis"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "round", "basis"], name="summary_is_unique"),
        ]
        indexes = [models.Index(fields=["round", "basis"], name="summary_by_round")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.round_id} {self.basis}"


class CriterionTally(models.Model):
    """How many communes below a unit stand where on one criterion."""

    unit_day: str | None = None  # worked out anew when the map changes
    unit = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="tallies")
    round = models.ForeignKey(ReportingRound, models.CASCADE, related_name="tallies")
    basis = models.CharField(max_length=8, choices=Basis)
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="tallies")
    met = _counter()
    not_met = _counter()
    missing = _counter()
    undetermined = _counter()
    not_applicable = _counter()

    class Meta:
        ordering = ["unit__code", "round__reference_date", "basis", "criterion__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "round", "basis", "criterion"], name="tally_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.criterion_id} {self.basis}"


class RollupState(models.Model):
    """The one row that a roll-up locks, so that two never add up side by side.

    `recounting` is the published round whose figures it counts anew, where the map of its day
    became known better: the database lets the figures of no other published round be written.
    """

    refreshed_at = models.DateTimeField(null=True)
    recounting = models.ForeignKey(
        ReportingRound, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"refreshed at {self.refreshed_at}"


class Publication(models.Model):
    """The figures of a round as they were published, under a hash; never changed."""

    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    parts = models.JSONField()
    figures = models.PositiveIntegerField()

    class Meta:
        ordering = ["round__reference_date", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="publication_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.round} ({self.number}): {self.digest[:12]}"


class Target(Named):
    """A target of the programme: a metric compared with a value by a day, for a unit."""

    class Comparator(models.TextChoices):
        AT_LEAST = ">=", _("at least")
        LESS_THAN = "<", _("fewer than")

    code = models.CharField(_("code"), max_length=60, unique=True)
    metric = models.CharField(_("metric"), max_length=60)
    comparator = models.CharField(max_length=2, choices=Comparator)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    is_approximate = models.BooleanField(default=False, help_text=_("The plan says “about”."))
    baseline_date = models.DateField(
        null=True, blank=True, help_text=_("Counted as the increase since the round of this day.")
    )
    due_on = models.DateField(_("due on"))
    unit_code = models.CharField(max_length=10, default="VN")
    legal_ref = models.CharField(_("legal basis"), max_length=300)
    source = models.TextField(_("source"), blank=True)
    confidence = models.CharField(max_length=12, choices=Confidence, default=Confidence.READ)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="target_is_not_negative"),
        ]


class Report(models.Model):
    """A report that was made of a unit in a round: three files of the same text and figures.

    `digest` is that of its figures, `key` that of all it was made from: asked for again with the
    same, the same files are given out. Whoever may read the unit may read it.
    """

    FORMS = ("pdf", "docx", "xlsx")

    unit_code = models.CharField(max_length=10)
    path = models.CharField(max_length=200)
    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="reports")
    language = models.CharField(max_length=5)
    office = models.JSONField(default=dict)
    subject = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=64, unique=True)
    is_final = models.BooleanField(default=False)
    pdf = models.FileField(upload_to="reports/%Y/%m")
    docx = models.FileField(upload_to="reports/%Y/%m")
    xlsx = models.FileField(upload_to="reports/%Y/%m")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["unit_code", "round"], name="report_by_unit")]

    def __str__(self) -> str:
        return f"{self.unit_code} {self.round_id} {self.language}"

    def file_name(self, form: str) -> str:
        """Return the name under which a file of it is given out."""
        return f"ntm-{self.unit_code}-{self.round.code}-{self.language}.{form}"
