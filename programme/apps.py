"""Targets, roll-up and the dashboard."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    """Targets, roll-up and the dashboard."""

    name = "programme"
    verbose_name = _("Programme")
