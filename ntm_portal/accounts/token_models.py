"""The keys of other systems: what each may do, from where, until when, and how much it was used."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit

if TYPE_CHECKING:
    from datetime import datetime

    from ntm_portal.accounts.models import User


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Keys by whether they still open anything."""

    def in_force(self, now: datetime) -> ApiTokenQuerySet:
        """Keep those that were neither revoked nor have expired, of people who may sign in."""
        lasting = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
        return self.filter(lasting, revoked_at=None, user__is_active=True)


class ApiToken(models.Model):
    """The key of another system, kept only as a digest; it never does more than its owner may.

    `area` narrows where, `may_write` what, `resources` (words of the API's addresses; empty: all)
    on what, `networks` (CIDR; empty: anywhere) from where.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100, blank=True)
    may_write = models.BooleanField(_("may write"), default=False)
    area = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, null=True, blank=True, related_name="+"
    )
    resources = models.JSONField(default=list, blank=True)
    networks = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.user}, {self.name or f'{self.created_at:%Y-%m-%d}'}"

    @classmethod
    def issue(cls, user: User, **given: Any) -> str:  # the fields above, of every type
        """Make a token for `user` and return it; it cannot be read again."""
        key = f"ntm_{secrets.token_urlsafe(32)}"
        cls.objects.create(user=user, digest=cls.digest_of(key), **given)
        return key

    @staticmethod
    def digest_of(key: str) -> str:
        """Return what is stored for `key`: it is long and random, so a plain hash is enough."""
        return hashlib.sha256(key.encode()).hexdigest()

    @property
    def is_in_force(self) -> bool:
        """Tell whether it still opens anything."""
        is_over = self.expires_at is not None and self.expires_at <= timezone.now()
        return self.revoked_at is None and not is_over

    def may_come_from(self, address: str) -> bool:
        """Tell whether it may be used from this address of the internet."""
        if not self.networks:
            return True
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in ipaddress.ip_network(network) for network in self.networks)


class ApiTokenDay(models.Model):
    """How often a token asked for a resource on one day; written every few minutes.

    `refused` of the `requests` were answered with a problem. Without a resource: the addresses
    that are of none, and calls that were refused before it was known what they were for.
    """

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="days")
    day = models.DateField()
    resource = models.CharField(max_length=40, blank=True)
    requests = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "resource"]
        constraints = [
            models.UniqueConstraint(
                fields=["token", "day", "resource"], name="token_day_resource_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.token_id} {self.day} {self.resource}: {self.requests}"


class KeptReply(models.Model):
    """What was answered to a sender who gave a key: the same key again gets the same answer."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="kept_reply_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}: {self.status}"
