"""Questions about many producers and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from datetime import date

    from ocop.models import Certificate, Producer


class ProducerQuerySet(models.QuerySet["Producer"]):
    """Producers by day."""

    def joined_in_year_of(self, day: date) -> Self:
        """Keep those that joined OCOP in the year of `day`, up to that day."""
        return self.filter(joined_on__gte=day.replace(month=1, day=1), joined_on__lte=day)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates by day."""

    def in_force(self, day: date) -> Self:
        """Keep those granted by `day`, neither expired nor revoked on it."""
        return self.filter(
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=day),
            valid_from__lte=day,
            valid_to__gte=day,
        )
