"""Questions about many producers, products, evaluations, certificates and chains."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from communes.querysets import path_within

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ocop.models import Certificate, Evaluation, Producer, Product, ScoreSheet, ValueChain

LOWEST_STANDARD = 3
LISTED_WITH = ("producer", "commune", "commune__parent")
EXPIRING_DAYS = {6: 183, 3: 92, 1: 31}  # by months: officers are reminded at each
NOTICE_FROM_DAYS = 92  # the law asks for 30 days; three months before, it is time to begin


class ProducerQuerySet(models.QuerySet["Producer"]):
    """Producers by day, place and kind."""

    def within(self, paths: Iterable[str]) -> Self:
        """Keep those at or below one of `paths`."""
        return self.filter(path_within(paths, "commune__path"))

    def counted(self) -> Self:
        """Leave out those that were typed twice."""
        return self.filter(duplicate_of__isnull=True)

    def joined_by(self, day: date) -> Self:
        """Keep those that were in OCOP on `day`."""
        return self.counted().filter(joined_on__lte=day)

    def joined_in_year_of(self, day: date) -> Self:
        """Keep those that joined OCOP in the year of `day`, up to that day."""
        return self.joined_by(day).filter(joined_on__gte=day.replace(month=1, day=1))

    def enterprises_and_cooperatives(self) -> Self:
        """Keep the kinds that the programme's plan wants more of in OCOP."""
        return self.filter(kind__in=[self.model.Kind.ENTERPRISE, self.model.Kind.COOPERATIVE])

    def for_listing(self) -> Self:
        """Load what a line of a list says of each, by name."""
        return self.select_related("commune__parent").order_by("search_name", "id")


class ProductQuerySet(models.QuerySet["Product"]):
    """Products by place and by what they hold."""

    def within(self, paths: Iterable[str]) -> Self:
        """Keep those at or below one of `paths`."""
        return self.filter(path_within(paths, "commune__path"))

    def holding(self, certificates: CertificateQuerySet) -> Self:
        """Keep those that hold one of `certificates`."""
        return self.filter(Exists(certificates.filter(product=OuterRef("pk")).order_by()))

    def for_listing(self) -> Self:
        """Load what a line of a list says of each, and no more, by name."""
        names = [f"{of}__{part}" for of in LISTED_WITH for part in ("name", "name_en")]
        own = ("name", "name_en", "group", "is_demonstration", "commune__parent__short_name")
        return self.for_export().only(*own, *names)

    def for_export(self) -> Self:
        """Load all that is known of each, by name."""
        loaded = self.defer(None).select_related("producer", "commune__parent")
        return loaded.order_by("search_name", "id")


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Evaluations by place."""

    def within(self, paths: Iterable[str]) -> Self:
        """Keep those of products at or below one of `paths`."""
        return self.filter(path_within(paths, "product__commune__path"))


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    """Score sheets that may judge."""

    def usable(self, scheme_code: str) -> Self:
        """Keep the sound ones of a scheme, each in its latest version."""
        return self.filter(scheme_code=scheme_code, is_current=True, is_sound=True)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates by day, place and stars."""

    def within(self, paths: Iterable[str]) -> Self:
        """Keep those of products at or below one of `paths`."""
        return self.filter(path_within(paths, "product__commune__path"))

    def in_force(self, day: date) -> Self:
        """Keep those granted by `day`, neither expired nor revoked on it."""
        return self.filter(
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=day),
            valid_from__lte=day,
            valid_to__gte=day,
        )

    def expiring(self, day: date, *, days: int) -> Self:
        """Keep those in force on `day` that end within so many days."""
        return self.in_force(day).filter(valid_to__lte=day + timedelta(days=days))

    def due_reminder(self, day: date, months: int) -> Self:
        """Keep those that end within so many months and nobody was reminded of so near an end."""
        near = self.expiring(day, days=EXPIRING_DAYS[months])
        return near.exclude(reminders__months__lte=months)

    def due_notice(self, day: date) -> Self:
        """Keep those that end within three months and whose holder was not told in writing."""
        return self.expiring(day, days=NOTICE_FROM_DAYS).filter(notices__isnull=True)

    def standardised(self) -> Self:
        """Keep those that make a product a standardised one (chuẩn hóa): three stars or more."""
        return self.filter(stars__gte=LOWEST_STANDARD)

    def for_listing(self) -> Self:
        """Load what a line of a list says of each, the next to end first."""
        loaded = self.select_related("product__producer", "product__commune__parent")
        return loaded.order_by("valid_to", "id")


class ValueChainQuerySet(models.QuerySet["ValueChain"]):
    """Chains by place and day."""

    def within(self, paths: Iterable[str]) -> Self:
        """Keep those whose seat is at or below one of `paths`."""
        return self.filter(path_within(paths, "lead_unit__path"))

    def active_on(self, day: date) -> Self:
        """Keep those that had begun and not ended on `day`."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), started_on__lte=day)

    def for_listing(self) -> Self:
        """Load what a line of a list says of each, by name."""
        return self.select_related("lead_unit__parent").order_by("search_name", "id")
