"""Producers, products, evaluations, certificates."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OcopConfig(AppConfig):
    """Producers, products, evaluations, certificates."""

    name = "ocop"
    verbose_name = _("OCOP products")
