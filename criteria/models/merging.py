"""How large the units were from which another was formed, as its review states it."""

from __future__ import annotations

from django.db import models

from criteria.models.assessments import Assessment


class FormerSize(models.Model):
    """People and households that a former unit, by its code, brought into a new one."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="former_sizes")
    code = models.CharField(max_length=10)
    population = models.PositiveIntegerField(null=True, blank=True)
    households = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["assessment_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="former_size_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.code}: {self.population}, {self.households}"
