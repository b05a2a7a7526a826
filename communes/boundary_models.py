"""The outlines of units that an operator may load; the portal ships none of communes."""

from __future__ import annotations

from django.db import models


class Boundary(models.Model):
    """The outline of one version of a unit: closed lines of longitude and latitude.

    `parts` tells how many lines make up each of its parts: one around it, the rest around what it
    leaves out. Empty, each line is a part by itself.
    """

    unit_day: str | None = None  # loaded anew when the map changes
    unit = models.OneToOneField(
        "communes.AdministrativeUnit", models.CASCADE, related_name="boundary"
    )
    lines = models.JSONField()
    parts = models.JSONField(default=list, blank=True)
    attribution = models.CharField(max_length=300)

    class Meta:
        ordering = ["unit_id"]

    def __str__(self) -> str:
        return f"outline of {self.unit_id}"
