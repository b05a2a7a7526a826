"""Assessments: what was typed for a unit in a round, what it was judged, and every step."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from criteria.models.late import LateEntry
from criteria.models.rounds import ReportingRound
from criteria.models.sets import CriteriaSet, Criterion, Measure, Threshold
from criteria.querysets import AssessmentQuerySet
from criteria.scoring.verdicts import NOT_ASSESSED, Typed


class VerdictChoice(models.TextChoices):
    """The verdicts of `criteria.scoring.verdicts.Verdict`, with their words."""

    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")
    MISSING = "missing", _("missing")
    UNDETERMINED = "undetermined", _("undetermined")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


class Basis(models.TextChoices):
    """Which values a figure rests on: as typed, or as last verified."""

    REPORTED = "reported", _("reported")
    VERIFIED = "verified", _("verified")


class Assessment(models.Model):
    """One unit in one round, judged by one set."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        VERIFIED = "verified", _("verified")
        RETURNED = "returned", _("returned")

    unit_day = "round__reference_date"  # of which the unit is meant
    unit_is_its_own = True  # what was typed for a unit was not typed for what it became
    late_entry: LateEntry | None = None  # by which what is being written is written late
    unit = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="assessments")
    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="assessments")
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="assessments")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=0)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["unit__code", "round__reference_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "round", "criteria_set"], name="assessment_is_unique"
            ),
        ]
        indexes = [models.Index(fields=["round", "status"], name="assessment_by_status")]

    def __str__(self) -> str:
        return f"{self.unit} {self.round}"

    @property
    def is_editable(self) -> bool:
        """Tell whether values may be typed: not while somebody is reviewing them."""
        return self.status != self.Status.SUBMITTED


def late_reference() -> models.ForeignKey[LateEntry | None, LateEntry | None]:
    """Return the field that says by which reason a row was entered after its round had closed.

    Few rows were: an index of those alone finds them (`late_index`).
    """
    return models.ForeignKey(
        LateEntry, models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )


def late_index(name: str) -> models.Index:
    """Return the index of the rows that were entered late."""
    return models.Index(fields=["late"], name=name, condition=Q(late__isnull=False))


class AssessmentEvent(models.Model):
    """One step of an assessment; never changed."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    from_status = models.CharField(max_length=10, blank=True)
    to_status = models.CharField(max_length=10, choices=Assessment.Status)
    reason = models.TextField(blank=True)
    late = late_reference()

    class Meta:
        ordering = ["at", "id"]
        indexes = [late_index("late_step")]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.from_status} → {self.to_status}"


class IndicatorValue(models.Model):
    """One number as typed, as last verified, and the verdict on it as typed.

    Yes and no are 1 and 0. An empty `number` is a value that was taken away again, unless the
    indicator is left out where the law lets it be (`is_not_assessed`); as verified likewise.
    `version` counts the changes of this value, so two people cannot overwrite each other unseen.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="values")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="values")
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    verified_number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    is_not_assessed = models.BooleanField(default=False, db_default=False)
    verified_is_not_assessed = models.BooleanField(default=False, db_default=False)
    note = models.TextField(blank=True)
    is_carried = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    verdict = models.CharField(max_length=14, choices=VerdictChoice)
    threshold = models.ForeignKey(
        Threshold, models.PROTECT, null=True, blank=True, related_name="+"
    )
    distance = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    late = late_reference()

    class Meta:
        ordering = ["assessment_id", "measure__position"]
        indexes = [late_index("late_value")]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "measure"], name="value_is_unique"),
            models.CheckConstraint(
                condition=Q(is_not_assessed=False) | Q(number__isnull=True),
                name="value_is_left_out_or_typed",
            ),
            models.CheckConstraint(
                condition=Q(verified_is_not_assessed=False) | Q(verified_number__isnull=True),
                name="value_is_verified_as_left_out_or_typed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure.code}: {self.number}"

    @property
    def typed(self) -> Typed:
        """Return what stands: a number, that it is left out, or nothing."""
        return NOT_ASSESSED if self.is_not_assessed else self.number

    @typed.setter
    def typed(self, typed: Typed) -> None:
        self.is_not_assessed = typed is NOT_ASSESSED
        self.number = None if typed is NOT_ASSESSED else typed

    @property
    def verified(self) -> Typed:
        """Return what stood when it was last verified."""
        return NOT_ASSESSED if self.verified_is_not_assessed else self.verified_number


class ValueChange(models.Model):
    """One change of one value; never changed itself."""

    class Channel(models.TextChoices):
        FORM = "form", _("form")
        GRID = "grid", _("grid")
        EXCEL = "excel", _("Excel workbook")
        API = "api", _("API")
        FILE = "file", _("file of kept values")
        CARRIED = "carried", _("carried from the round before")
        MERGER = "merger", _("merger: from the former communes")
        DEMONSTRATION = "demonstration", _("demonstration")

    value = models.ForeignKey(IndicatorValue, models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    old_number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    new_number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    old_is_not_assessed = models.BooleanField(default=False, db_default=False)
    new_is_not_assessed = models.BooleanField(default=False, db_default=False)
    channel = models.CharField(max_length=14, choices=Channel)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    late = late_reference()

    class Meta:
        ordering = ["at", "id"]
        indexes = [late_index("late_change")]
        constraints = [
            models.UniqueConstraint(fields=["value", "version"], name="value_change_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.value_id} v{self.version}: {self.old_number} → {self.new_number}"

    @property
    def old(self) -> Typed:
        """Return what stood before."""
        return NOT_ASSESSED if self.old_is_not_assessed else self.old_number

    @property
    def new(self) -> Typed:
        """Return what stood then."""
        return NOT_ASSESSED if self.new_is_not_assessed else self.new_number


class Outcome(models.Model):
    """What an assessment comes to on one basis; the verified one stands until verified anew."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="outcomes")
    basis = models.CharField(max_length=8, choices=Basis)
    criteria_total = models.PositiveSmallIntegerField(default=0)
    criteria_met = models.PositiveSmallIntegerField(default=0)
    criteria_not_met = models.PositiveSmallIntegerField(default=0)
    criteria_missing = models.PositiveSmallIntegerField(default=0)
    criteria_undetermined = models.PositiveSmallIntegerField(default=0)
    measures_total = models.PositiveSmallIntegerField(default=0)
    measures_typed = models.PositiveSmallIntegerField(default=0)
    meets_all = models.BooleanField(default=False)
    rests_on_unconfirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["assessment_id", "basis"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "basis"], name="outcome_is_unique"),
            models.CheckConstraint(
                condition=Q(criteria_met__lte=F("criteria_total")), name="outcome_met_within_total"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.basis}: {self.criteria_met}/{self.criteria_total}"


class CriterionVerdict(models.Model):
    """The verdict on one criterion within an outcome."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="verdicts")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=14, choices=VerdictChoice)

    class Meta:
        ordering = ["outcome_id", "criterion__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "criterion"], name="criterion_verdict_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.verdict}"
