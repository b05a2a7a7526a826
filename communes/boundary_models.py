"""The outlines of units that an operator may load; the portal ships none of communes."""

from __future__ import annotations

from django.db import models


class Boundary(models.Model):
    """The outline of one version of a unit: closed lines of longitude and latitude."""

    unit_day: str | None = None  # loaded anew when the map changes
    unit = models.OneToOneField(
        "communes.AdministrativeUnit", models.CASCADE, related_name="boundary"
    )
    lines = models.JSONField()
    attribution = models.CharField(max_length=300)

    class Meta:
        ordering = ["unit_id"]

    def __str__(self) -> str:
        return f"outline of {self.unit_id}"
