"""Addresses that are told of changes, and what became of each telling."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit

if TYPE_CHECKING:
    from datetime import datetime

GIVEN_UP_AFTER = timedelta(hours=24)


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    """Addresses by whether something is to be sent to them now."""

    def due(self, now: datetime) -> EndpointQuerySet:
        """Keep those that may be tried now and that no worker is trying."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
        return self.filter(
            free, state=Endpoint.State.ACTIVE, due_at__lte=now, owner__is_active=True
        )


class Endpoint(models.Model):
    """An address that is told of changes, in their order; it has been told of all up to `position`.

    Its secret is worked out from the portal's own and `salt`: what is stored here reveals nothing.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("at work")
        PAUSED = "paused", _("paused by its owner")
        FAILED = "failed", _("paused after a day of failures")
        ENDED = "ended", _("ended")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webhooks")
    name = models.CharField(_("name"), max_length=100)
    url = models.URLField(_("address"), max_length=500)
    salt = models.CharField(max_length=43, editable=False)
    kinds = models.JSONField(default=list, blank=True)  # of communes.Change.Kind; empty: all
    area = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    position = models.BigIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["due_at"], name="webhook_by_due", condition=Q(state="active")),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.url}"


class Delivery(models.Model):
    """One attempt to tell an address of the changes from `first` to `last`."""

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    at = models.DateTimeField()
    first = models.BigIntegerField(null=True, blank=True)
    last = models.BigIntegerField(null=True, blank=True)
    changes = models.PositiveSmallIntegerField(default=0)
    is_test = models.BooleanField(default=False)
    is_done = models.BooleanField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["endpoint", "-at"], name="delivery_by_endpoint")]

    def __str__(self) -> str:
        return f"{self.endpoint_id}: {self.first}-{self.last}, {self.status}"
