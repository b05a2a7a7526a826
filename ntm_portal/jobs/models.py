"""A piece of work in the background: who asked for it, how far it is, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ntm_portal.accounts.token_models import ApiToken

if TYPE_CHECKING:
    from datetime import datetime

    from ntm_portal.accounts.models import User

MOST_STARTS = 2  # one that broke off is run again once


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs by who may see them and by what is to be done about them."""

    def seen_by(self, user: User, token: ApiToken | None = None) -> JobQuerySet:
        """Keep her own; a token, which may be held to less than she is, sees only what it began."""
        hers = self.filter(owner=user)
        return hers if token is None else hers.filter(token=token)

    def broken_off(self, now: datetime) -> JobQuerySet:
        """Keep those whose worker has not been heard of for too long."""
        return self.filter(state=Job.State.RUNNING, leased_until__lt=now)

    def unheard(self, asked_before: datetime) -> JobQuerySet:
        """Keep those for which a message was sent before then, and that nobody has begun."""
        return self.filter(state=Job.State.QUEUED, asked_at__lt=asked_before)

    def expired(self, now: datetime) -> JobQuerySet:
        """Keep those whose result need not be kept any longer."""
        return self.filter(expires_at__lt=now)


class Job(models.Model):
    """One piece of work; `starts` counts its runs and tells a run from an earlier one.

    `area` and `may_write` hold it to what the token may that asked for it, as `scope` would be.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting its turn")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs")
    token = models.ForeignKey(ApiToken, models.SET_NULL, null=True, blank=True, related_name="+")
    area = models.CharField(max_length=200, blank=True)
    may_write = models.BooleanField(default=True)
    kind = models.CharField(_("kind"), max_length=40)
    arguments = models.JSONField(default=dict)
    language = models.CharField(max_length=5)
    back = models.CharField(max_length=400, blank=True)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    starts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)
    step = models.CharField(max_length=200, blank=True)

    fault = models.TextField(blank=True)
    result = models.JSONField(null=True, blank=True)
    address = models.CharField(max_length=400, blank=True)
    file = models.FileField(upload_to="jobs/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size_bytes = models.PositiveBigIntegerField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["state", "leased_until"],
                name="job_under_way",
                condition=Q(state__in=("queued", "running")),
            ),
            models.Index(fields=["expires_at"], name="job_by_expiry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("queued", "running")) | Q(finished_at__isnull=False),
                name="job_over_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(steps_done__lte=F("steps_total")), name="job_steps_within_total"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}, {self.state}"

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more comes of it."""
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def percent(self) -> int:
        """Return how far it is, in whole percent."""
        return 100 * self.steps_done // self.steps_total if self.steps_total else 0
