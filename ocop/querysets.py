"""Questions about many producers and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from datetime import date

    from ocop.models import Certificate, Producer

LOWEST_STANDARD = 3


class ProducerQuerySet(models.QuerySet["Producer"]):
    """Producers by day and kind."""

    def joined_by(self, day: date) -> Self:
        """Keep those that were in OCOP on `day`."""
        return self.filter(joined_on__lte=day)

    def joined_in_year_of(self, day: date) -> Self:
        """Keep those that joined OCOP in the year of `day`, up to that day."""
        return self.joined_by(day).filter(joined_on__gte=day.replace(month=1, day=1))

    def enterprises_and_cooperatives(self) -> Self:
        """Keep the kinds that the programme's plan wants more of in OCOP."""
        return self.filter(kind__in=[self.model.Kind.ENTERPRISE, self.model.Kind.COOPERATIVE])


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates by day and stars."""

    def in_force(self, day: date) -> Self:
        """Keep those granted by `day`, neither expired nor revoked on it."""
        return self.filter(
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=day),
            valid_from__lte=day,
            valid_to__gte=day,
        )

    def standardised(self) -> Self:
        """Keep those that make a product a standardised one (chuẩn hóa): three stars or more."""
        return self.filter(stars__gte=LOWEST_STANDARD)
