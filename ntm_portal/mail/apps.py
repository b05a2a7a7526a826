"""Mails to people: which each wants, what is owed, what was sent."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """Mails to people: which each wants, what is owed, what was sent."""

    name = "ntm_portal.mail"
    label = "mail"
    verbose_name = _("Mails")
