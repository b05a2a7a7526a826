"""People, roles, and the area each answers for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People, roles, and the area each answers for."""

    name = "ntm_portal.accounts"
    label = "accounts"
    verbose_name = _("People")
