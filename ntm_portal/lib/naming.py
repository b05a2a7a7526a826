"""Things that carry an official Vietnamese name and its English one."""

from django.db import models
from django.utils.translation import get_language


class Named(models.Model):
    """A row with `name` (Vietnamese, official) and `name_en` (English, may be empty)."""

    name = models.CharField(max_length=400)
    name_en = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Return the name in the reader's language; Vietnamese where English is unknown."""
        return self.name_en if self.name_en and get_language() == "en" else self.name
