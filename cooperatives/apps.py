"""Cooperatives, their yearly returns and classification."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CooperativesConfig(AppConfig):
    """Cooperatives, their yearly returns and classification."""

    name = "cooperatives"
    verbose_name = _("Cooperatives")
