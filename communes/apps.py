"""The dated map of administrative units."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunesConfig(AppConfig):
    """The dated map of administrative units."""

    name = "communes"
    verbose_name = _("Administrative units")
