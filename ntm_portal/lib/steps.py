"""What happened to a row of a register: who, when, what changed from what to what, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable


class Step(models.Model):
    """One step in the history of something; never changed. `changes` holds old and new, as text."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    effective_on = models.DateField(null=True, blank=True)
    document = models.CharField(_("document"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.pk}, {self.at}"


def changed(row: models.Model, values: dict[str, Any]) -> dict[str, list[str]]:
    """Set `values` on the row and return what differs: old and new of each field, as text.

    The values are those of the model's own fields, of every type, hence Any.
    """
    changes = {}
    for name, value in values.items():
        old = getattr(row, name)
        if old != value:
            changes[name] = [_text(old), _text(value)]
            setattr(row, name, value)
    return changes


def as_text(row: models.Model, names: Iterable[str]) -> dict[str, list[str]]:
    """Return the fields of a row as a change from nothing: what it held when it was made."""
    held = {name: _text(getattr(row, name)) for name in names}
    return {name: ["", text] for name, text in held.items() if text}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return f"{value} ({value.pk})"
    return str(value)
